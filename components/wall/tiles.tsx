import { currentRollout, featuredRollouts, formerVersion } from "@/lib/contract/current-rollout";
import { toRollCall } from "@/lib/domain/replicas";
import { withoutOrg, type WallGroup } from "@/lib/domain/wall";
import { countFigures, notReported } from "@/lib/presentation/count";
import { seenBy, toEndpointDisplay, type EndpointDisplay } from "@/lib/presentation/endpoint-display";
import { overlapText } from "@/lib/presentation/overlap-words";
import { progressTime } from "@/lib/presentation/row-time";
import { versionChange, versionName } from "@/lib/presentation/version";

import type { Line } from "../fleet/to-lines";
import { SentenceText } from "../ui/sentence-text";
import { StateShape } from "../ui/state-shape";
import { Verbatim } from "../ui/verbatim";

const capacity = 60;

/** Whether the wall shows several organizations: names leave theirs out, so it stands beside them. */
type OrgsShown = { hasOrgs: boolean };

/** An active or failing endpoint, as large as the space allows. `hasErrors`: a tile beside it shows an error. */
export function FeaturedTile({ line, hasErrors, hasOrgs }: { line: Line; hasErrors: boolean } & OrgsShown) {
  const { view, displayState, id, org } = line;
  const rollout = currentRollout(view);
  const { shape, word, past } = toEndpointDisplay(line);
  const former = rollout === null ? null : formerVersion(view, rollout);
  const figures = rollout === null ? null : countFigures(rollout);
  const errorMessage = rollout?.errorMessage ?? null;
  const overlap = overlapText(featuredRollouts(view));
  const cells = rollout === null ? [] : (toRollCall(rollout, capacity)?.cells ?? []);
  return (
    <li data-freshness={view.freshness.state} data-state={displayState} className="wall-featured">
      <p className="wall-featured-name">
        <EndpointName id={id} org={org} />
      </p>
      <p className="wall-featured-state">
        <StateShape of={shape} />
        <span>{word}</span>
        {hasOrgs && org !== null && <span className="wall-featured-org">{org}</span>}
        <span className="flex-1 text-right text-quiet">
          {past !== null && <span>{past}</span>}
          {past === null && rollout !== null && <SentenceText sentence={progressTime(rollout)} />}
        </span>
      </p>
      <div className="wall-featured-count">
        <p className="wall-featured-numeral">
          {figures === null ? (
            <span className="text-quiet">{notReported}</span>
          ) : (
            // With another digit it is another text: nothing moved.
            <span key={figures.updated.length}>
              <span>{figures.updated}</span>
              <span className="wall-featured-of"> of </span>
              <span>{figures.total}</span>
            </span>
          )}
        </p>
        {rollout !== null && (
          <p className="wall-featured-version text-quiet">
            <Verbatim text={versionChange(former, rollout.version)} />
            {overlap !== null && <span>, {overlap}</span>}
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
export function CompactTile({ line, hasOrgs }: { line: Line } & OrgsShown) {
  const { view, displayState, id, org, acknowledgement } = line;
  const rollout = currentRollout(view);
  const { shape, word, past } = toEndpointDisplay(line);
  const error = rollout?.errorMessage ?? null;
  const notes = [
    hasOrgs ? org : null,
    past ?? (error === null ? null : `error: ${error.slice(0, longestError)}`),
    acknowledgement === null ? null : seenBy(acknowledgement.by),
    rollout === null || past !== null ? null : versionName(rollout.version),
  ];
  return (
    <li data-freshness={view.freshness.state} data-state={displayState} className="wall-compact">
      <div className="wall-compact-line">
        <span className="flex items-center text-state">
          <StateShape of={shape} />
          <span className="sr-only">{word}</span>
        </span>
        <EndpointName id={id} org={org} />
        <span className="wall-compact-note text-quiet">
          <span>
            <Verbatim text={notes.filter((each) => each !== null).join(", ")} />
          </span>
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

/** Quiet endpoints of one organization or architecture: how many there are, and in which states. */
export function GroupTile({ group: { name, lines } }: { group: WallGroup<Line> }) {
  return (
    <li className="wall-group">
      <p className="wall-group-name">{name}</p>
      <p className="wall-group-numeral">{lines.length}</p>
      <ul className="wall-group-states">
        {toCounts(lines).map(({ shape, word, count }) => (
          <li key={shape} className="wall-folded">
            <StateShape of={shape} />
            <span>{count === lines.length ? word : `${count} ${word}`}</span>
          </li>
        ))}
      </ul>
    </li>
  );
}

/** How many lines are in each state, in the order of severity in which they come. */
export function toCounts(lines: readonly Line[]) {
  const displays = lines.map(toEndpointDisplay);
  return [...new Set(displays.map(({ shape }) => shape))].map((shape) => {
    const alike = displays.filter((display) => display.shape === shape);
    return { shape, word: (alike[0]?.word ?? "").toLowerCase(), count: alike.length };
  });
}

/** Characters at the end of an id that are never cut: ids of one model differ there. */
const tail = 8;

/** An endpoint's id without its organization, cut in the middle if it's still too long; in full for screen readers. */
function EndpointName({ id, org }: { id: string; org: string | null }) {
  const short = withoutOrg(id, org);
  return (
    <span className="wall-id">
      <span className="sr-only">{id.slice(0, id.length - short.length)}</span>
      <span>{short.slice(0, -tail)}</span>
      <span>{short.slice(-tail)}</span>
    </span>
  );
}
