import { currentRollout } from "@/lib/client/to-rollout-display";
import { toEndpointDisplay } from "@/lib/domain/endpoint-display";
import { versionName } from "@/lib/domain/rollout-display";

import type { Line } from "../fleet/to-lines";
import { StateShape } from "../ui/state-shape";
import { Verbatim } from "../ui/verbatim";
import { EndpointName } from "./endpoint-name";

/** More letters of an error message than a line holds. */
const longestError = 80;

/**
 * An endpoint on which nothing moves: its state, its name, the version that it serves; or, where it cannot be
 * seen, what it was.
 */
export function CompactTile({ line }: { line: Line }) {
  const { view, displayState, id, acknowledgement } = line;
  const rollout = currentRollout(view);
  const { shape, word, past } = toEndpointDisplay(line);
  const said =
    past ?? (rollout?.errorMessage == null ? null : `error: ${rollout.errorMessage.slice(0, longestError)}`);
  return (
    <li data-freshness={view.freshness.state} data-state={displayState} className="wall-compact">
      <div className="wall-compact-line">
        <span className="flex items-center text-state">
          <StateShape of={shape} />
          <span className="sr-only">{word}</span>
        </span>
        <EndpointName id={id} />
        <span className="wall-compact-note text-quiet">
          {said !== null && <Verbatim text={`${said}, `} />}
          {acknowledgement !== null && <Verbatim text={`seen by ${acknowledgement.by ?? "somebody"}, `} />}
          {rollout !== null && <Verbatim text={versionName(rollout.version)} />}
        </span>
      </div>
    </li>
  );
}
