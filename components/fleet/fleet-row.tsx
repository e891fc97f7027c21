import { clsx } from "clsx";
import { memo, type Ref } from "react";

import { currentRollout, formerVersion } from "@/lib/contract/current-rollout";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import { pagePaths } from "@/lib/contract/paths";
import { isQuiet, type DisplayState } from "@/lib/domain/display-state";
import type { Freshness } from "@/lib/domain/freshness";
import { countFigures, notReported } from "@/lib/presentation/count";
import type { EndpointDisplay } from "@/lib/presentation/endpoint-display";
import { toErrorText } from "@/lib/presentation/error-text";
import { rowTime } from "@/lib/presentation/row-time";
import { versionName } from "@/lib/presentation/version";

import { SentenceText } from "../ui/sentence-text";
import { StateShape } from "../ui/state-shape";
import { Verbatim } from "../ui/verbatim";
import { EndpointId } from "./endpoint-id";
import { ReplicaBar } from "./replica-bar";

/** The heads of the columns. On narrow screens the cells are arranged in lines and need none. */
export function FleetHead() {
  return (
    <div role="rowgroup" className="max-[68rem]:sr-only">
      <div role="row" className="fleet-row h-6 text-caption text-quiet">
        <span role="columnheader">State</span>
        <span role="columnheader">Endpoint</span>
        <span role="columnheader">Version</span>
        <span role="columnheader" className="text-right">
          Updated
        </span>
        <span role="columnheader" className="text-right [grid-area:when]">
          When
        </span>
        <span role="columnheader" className="sr-only">
          Error
        </span>
      </div>
    </div>
  );
}

type FleetRowProps = EndpointDisplay &
  Pick<EndpointView, "rollouts" | "current"> & {
    endpointId: string;
    org: string | null;
    displayState: DisplayState;
    freshness: Freshness["state"];
    /** The last observation of an endpoint that is not live; null for others. */
    observedAt: Freshness["observedAt"];
    isDense: boolean;
    /** The position in a virtualized list. */
    index?: number;
    ref?: Ref<HTMLDivElement>;
  };

/**
 * One endpoint on one line, which is a link to its page. A line is only redrawn when it changed: its props leave out
 * what changes with every poll, and the query cache keeps equal objects identical.
 */
export const FleetRow = memo(function FleetRow(props: FleetRowProps) {
  const { endpointId, org, displayState, freshness, observedAt, shape, word, past, isDense, index, ref } =
    props;
  const rollout = currentRollout(props);
  const error = toErrorText(rollout?.errorMessage?.trimStart() ?? "").first;
  return (
    <div
      role="row"
      ref={ref}
      data-slide=""
      data-freshness={freshness}
      data-state={displayState}
      data-quiet={isQuiet(displayState)}
      data-index={index}
      // The heads are the first row.
      aria-rowindex={index === undefined ? undefined : index + 2}
      className={clsx(
        "fleet-row relative border-t border-line bg-ground hover:bg-sunken",
        isDense ? "min-h-7 max-[68rem]:py-1" : "min-h-9 max-[68rem]:py-2.5",
      )}
    >
      <div role="cell" className="flex items-center gap-2 whitespace-nowrap [grid-area:state]">
        <StateShape of={shape} className="size-[1.125rem] text-state" />
        <span key={word}>
          <span className={isQuiet(displayState) ? "text-quiet" : "text-state"}>{word}</span>
          {past !== null && <span className="text-caption text-quiet">, {past}</span>}
        </span>
      </div>
      <div role="cell" className="min-w-0 [grid-area:id] max-[68rem]:py-0.5">
        <a
          href={pagePaths.endpoint(endpointId)}
          className="after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2"
        >
          <EndpointId id={endpointId} org={org} />
        </a>
      </div>
      <div
        // Where it stands on a narrow screen depends on the word before it.
        key={word}
        role="cell"
        className={clsx(
          // On a narrow screen it leaves the longest time its place.
          "text-quiet [grid-area:versions] max-[68rem]:truncate max-[68rem]:pr-[9.5rem] max-[68rem]:[grid-area:2/2/auto/-1]",
          past !== null && "max-[68rem]:hidden",
        )}
      >
        {rollout !== null && <Version former={formerVersion(props, rollout)} version={rollout.version} />}
      </div>
      <div role="cell" className="text-right whitespace-nowrap [grid-area:replicas]">
        {rollout !== null && <Counts figures={countFigures(rollout)} />}
      </div>
      {rollout !== null && (
        <ReplicaBar
          rollout={rollout}
          className={clsx(
            "h-1 [grid-area:bar] max-[68rem]:mt-2 min-[68rem]:h-3.5",
            isQuiet(displayState) && "max-[68rem]:hidden",
          )}
        />
      )}
      <div
        role="cell"
        className="text-right text-caption whitespace-nowrap text-quiet [grid-area:when] max-[68rem]:[grid-area:2/1/auto/-1]"
      >
        <SentenceText sentence={rowTime(rollout, { state: freshness, observedAt })} />
      </div>
      {error !== "" && (
        <div
          role="cell"
          className="line-clamp-1 text-caption leading-[0.9375rem] break-all text-quiet [grid-area:error] max-[68rem]:mt-0.5"
        >
          <Verbatim text={error} />
        </div>
      )}
    </div>
  );
});

/** Without a head above it, a missing version says what is missing. */
function Version({ former, version }: { former: string | null; version: string | null }) {
  if (version !== null && former !== null)
    return (
      // Where both have no place, the former one is cut.
      <span className="max-[68rem]:flex">
        <span className="min-w-0 truncate">
          <Verbatim text={versionName(former)} />
        </span>
        <span className="shrink-0 whitespace-pre">
          {" → "}
          <Verbatim text={versionName(version)} />
        </span>
      </span>
    );
  if (version !== null) return <Verbatim text={versionName(version)} />;
  return (
    <span className="text-caption">
      <span className="min-[68rem]:sr-only">version </span>
      {notReported}
    </span>
  );
}

function Counts({ figures }: { figures: ReturnType<typeof countFigures> }) {
  if (figures === null) return <span className="text-caption text-quiet">{notReported}</span>;
  return (
    <>
      <span
        key={figures.updated.length}
        className="inline-block text-right"
        style={{ minWidth: `${figures.total.length}ch` }}
      >
        {figures.updated}
      </span>{" "}
      <span className="text-quiet">of</span> <span>{figures.total}</span>
    </>
  );
}
