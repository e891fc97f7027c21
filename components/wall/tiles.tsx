import { currentRollout, formerVersion } from "@/lib/contract/current-rollout";
import { toRollCall } from "@/lib/domain/replicas";
import { countFigures, notReported } from "@/lib/presentation/count";
import { toEndpointDisplay } from "@/lib/presentation/endpoint-display";
import { versionChange, versionName } from "@/lib/presentation/version";

import type { Line } from "../fleet/to-lines";
import { StateShape } from "../ui/state-shape";
import { Since } from "../ui/ticking";
import { Verbatim } from "../ui/verbatim";

const capacity = 60;

/** An endpoint that moves or fails, as large as there is room. */
export function FeaturedTile({ line }: { line: Line }) {
  const { view, displayState, id } = line;
  const rollout = currentRollout(view);
  const { shape, word, past } = toEndpointDisplay(line);
  const former = rollout === null ? null : formerVersion(view, rollout);
  const figures = rollout === null ? null : countFigures(rollout);
  const errorMessage = rollout?.errorMessage ?? null;
  const cells = rollout === null ? [] : (toRollCall(rollout, capacity)?.cells ?? []);
  return (
    <li data-freshness={view.freshness.state} data-state={displayState} className="wall-featured">
      <p className="wall-featured-state">
        <StateShape of={shape} />
        <span>{word}</span>
        <span className="ml-auto text-quiet">
          {past !== null && <span>{past}</span>}
          {past === null && rollout !== null && <Since at={rollout.endedAt ?? rollout.startedAt} />}
        </span>
      </p>
      <p className="wall-featured-count">
        {figures === null ? (
          <span className="text-quiet">{notReported}</span>
        ) : (
          <>
            <span>{figures.updated}</span>
            <span className="wall-featured-of"> of </span>
            <span>{figures.total}</span>
          </>
        )}
      </p>
      {errorMessage !== null && (
        <p className="wall-featured-error">
          <Verbatim text={errorMessage} />
        </p>
      )}
      {cells.length > 0 && (
        <div aria-hidden="true" className="wall-cells">
          {cells.map(({ filled, size }, index) => (
            <span key={index} className="wall-cell" data-full={filled === size}>
              <span style={{ transform: `scaleX(${filled / size})` }} />
            </span>
          ))}
        </div>
      )}
      <p className="wall-featured-name">
        <EndpointName id={id} />
        <span className="text-quiet">
          {rollout !== null && <Verbatim text={versionChange(former, rollout.version)} />}
        </span>
      </p>
    </li>
  );
}

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

/** How much of the end of an id always shows: ids of one model differ there. */
const tail = 8;

/** An endpoint's id. Where it is too long for its place it is cut in its middle. */
function EndpointName({ id }: { id: string }) {
  return (
    <span className="wall-id">
      <span>{id.slice(0, -tail)}</span>
      <span>{id.slice(-tail)}</span>
    </span>
  );
}
