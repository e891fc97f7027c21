import { currentRollout } from "@/lib/client/to-news";
import { versionName } from "@/lib/domain/rollout-news";
import { standingWord } from "@/lib/domain/standing";

import type { Line } from "../fleet/to-lines";
import { StateShape } from "../ui/state-shape";
import { Verbatim } from "../ui/verbatim";
import { EndpointName } from "./endpoint-name";

/** An endpoint on which nothing moves: its state, its name, the version that it serves. */
export function QuietTile({ line }: { line: Line }) {
  const { view, standing, id, acknowledgement } = line;
  const rollout = currentRollout(view);
  const isBlind = view.freshness.state === "blind";
  return (
    <li data-sight={view.freshness.state} data-standing={standing} className="wall-quiet">
      <div className="wall-quiet-line">
        <span className="flex items-center text-state">
          <StateShape of={isBlind ? "blind" : standing} />
          <span className="sr-only">{isBlind ? "Blind" : standingWord(standing)}</span>
        </span>
        <EndpointName id={id} />
        <span className="whitespace-nowrap text-quiet">
          {acknowledgement !== null && <Verbatim text={`seen by ${acknowledgement.by ?? "somebody"}, `} />}
          {rollout !== null && <Verbatim text={versionName(rollout.version)} />}
        </span>
      </div>
    </li>
  );
}
