import { currentRollout, formerVersion } from "@/lib/contract/current-rollout";
import { toRollCall } from "@/lib/domain/replicas";
import { countFigures, notReported } from "@/lib/presentation/count";
import { seenBy, toEndpointDisplay, type EndpointDisplay } from "@/lib/presentation/endpoint-display";
import { versionChange, versionName } from "@/lib/presentation/version";

import type { Line } from "../fleet/to-lines";
import { StateShape } from "../ui/state-shape";
import { Since } from "../ui/ticking";
import { Verbatim } from "../ui/verbatim";

const capacity = 60;

/** An active or failing endpoint, as large as the space allows. `hasErrors`: a tile beside it shows an error. */
export function FeaturedTile({ line, hasErrors }: { line: Line; hasErrors: boolean }) {
  const { view, displayState, id } = line;
  const rollout = currentRollout(view);
  const { shape, word, past } = toEndpointDisplay(line);
  const former = rollout === null ? null : formerVersion(view, rollout);
  const figures = rollout === null ? null : countFigures(rollout);
  const errorMessage = rollout?.errorMessage ?? null;
  const cells = rollout === null ? [] : (toRollCall(rollout, capacity)?.cells ?? []);
  return (
    <li data-freshness={view.freshness.state} data-state={displayState} className="wall-featured">
      <p className="wall-featured-name">
        <EndpointName id={id} />
      </p>
      <p className="wall-featured-state">
        <StateShape of={shape} />
        <span>{word}</span>
        <span className="flex-1 text-right text-quiet">
          {past !== null && <span>{past}</span>}
          {past === null && rollout !== null && <Since at={rollout.endedAt ?? rollout.startedAt} />}
        </span>
      </p>
      <div className="wall-featured-count">
        <p className="wall-featured-numeral">
          {figures === null ? (
            <span className="text-quiet">{notReported}</span>
          ) : (
            <>
              <span className="inline-block text-right" style={{ minWidth: `${figures.total.length}ch` }}>
                <span key={figures.updated.length}>{figures.updated}</span>
              </span>
              <span className="wall-featured-of"> of </span>
              <span>{figures.total}</span>
            </>
          )}
        </p>
        {rollout !== null && (
          <p className="wall-featured-version text-quiet">
            <Verbatim text={versionChange(former, rollout.version)} />
          </p>
        )}
      </div>
      <div aria-hidden="true" className="wall-cells">
        {cells.map(({ filled, size }, index) => (
          <span key={index} className="wall-cell" data-full={filled === size}>
            <span style={{ transform: `scaleX(${filled / size})` }} />
          </span>
        ))}
      </div>
      {hasErrors && (
        <p className="wall-featured-error">{errorMessage !== null && <Verbatim text={errorMessage} />}</p>
      )}
    </li>
  );
}

/** Longer than any line. */
const longestError = 80;

/** A quiet endpoint: its state, name and version; or its last known state while it can't be seen. */
export function CompactTile({ line }: { line: Line }) {
  const { view, displayState, id, acknowledgement } = line;
  const rollout = currentRollout(view);
  const { shape, word, past } = toEndpointDisplay(line);
  const note =
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
          {note !== null && <Verbatim text={`${note}, `} />}
          {acknowledgement !== null && <Verbatim text={`${seenBy(acknowledgement.by)}, `} />}
          {rollout !== null && <Verbatim text={versionName(rollout.version)} />}
        </span>
      </div>
    </li>
  );
}

/** Quiet endpoints without room for their names: how many are in one state. */
export function FoldedTile({
  shape,
  words,
  count,
}: {
  shape: EndpointDisplay["shape"];
  words: string;
  count: number;
}) {
  return (
    <li className="wall-folded">
      <StateShape of={shape} />
      <span>{`${count} ${words}`}</span>
    </li>
  );
}

/** Characters at the end of an id that are never cut: ids of one model differ there. */
const tail = 8;

/** An endpoint's id, cut in the middle if it's too long. */
function EndpointName({ id }: { id: string }) {
  return (
    <span className="wall-id">
      <span>{id.slice(0, -tail)}</span>
      <span>{id.slice(-tail)}</span>
    </span>
  );
}
