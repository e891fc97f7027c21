import { clsx } from "clsx";
import { memo, type Ref } from "react";

import { currentRollout, formerVersion } from "@/lib/contract/current-rollout";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import { pagePaths } from "@/lib/contract/paths";
import type { DisplayState } from "@/lib/domain/display-state";
import type { EndpointDisplay } from "@/lib/presentation/endpoint-display";
import { versionChange } from "@/lib/presentation/version";

import { StateShape } from "../ui/state-shape";
import { Since } from "../ui/ticking";
import { Verbatim } from "../ui/verbatim";
import { MiniRollCall } from "./mini-roll-call";

/** Longer than any line; the endpoint's page shows the whole message. */
const longestError = 300;

type FleetRowProps = EndpointDisplay &
  Pick<EndpointView, "rollouts" | "current"> & {
    endpointId: string;
    displayState: DisplayState;
    freshness: EndpointView["freshness"]["state"];
    isDense: boolean;
    /** The position in a virtualized list. */
    index?: number;
    of?: number;
    ref?: Ref<HTMLLIElement>;
  };

/**
 * One endpoint on one line, which is a link to its page. A line is only redrawn when it changed: its props leave out
 * what changes with every poll, and the query cache keeps equal objects identical.
 */
export const FleetRow = memo(function FleetRow(props: FleetRowProps) {
  const { endpointId, displayState, freshness, shape, word, past, isDense, index, of, ref } = props;
  const rollout = currentRollout(props);
  return (
    <li
      ref={ref}
      data-freshness={freshness}
      data-state={displayState}
      data-index={index}
      aria-posinset={index === undefined ? undefined : index + 1}
      aria-setsize={of}
      className={clsx("border-t border-line", index === undefined && "fleet-line")}
    >
      <a
        href={pagePaths.endpoint(endpointId)}
        className={clsx(
          "fleet-row items-center gap-x-6 gap-y-1 hover:bg-sunken focus-visible:-outline-offset-2",
          isDense ? "py-0.5" : "py-3",
        )}
      >
        <span className="flex items-center gap-2.5 text-state [grid-area:state]">
          <StateShape of={shape} className="size-5" />
          <span>
            <span>{word}</span>
            {past !== null && <span className="block text-caption text-quiet">{past}</span>}
          </span>
        </span>
        <span className="min-w-0 [grid-area:id]">
          <span className="font-mono break-all">{endpointId}</span>
          {rollout !== null && rollout.errorMessage !== null && (
            <span className="line-clamp-1 text-caption break-all text-quiet">
              <Verbatim text={rollout.errorMessage.slice(0, longestError)} />
            </span>
          )}
        </span>
        <span className="text-quiet [grid-area:versions]">
          {rollout !== null && (
            <Verbatim text={versionChange(formerVersion(props, rollout), rollout.version)} />
          )}
        </span>
        <span className="min-w-0 [grid-area:counts]">
          {rollout !== null && <MiniRollCall rollout={rollout} />}
        </span>
        <span className="text-right text-quiet [grid-area:age]">
          {rollout !== null && <Since at={rollout.endedAt ?? rollout.startedAt} />}
        </span>
      </a>
    </li>
  );
});
