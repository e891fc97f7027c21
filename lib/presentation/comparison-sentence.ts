import { second, type Duration } from "@/lib/domain/instant";
import type { RolloutDisplay } from "@/lib/domain/rollout-display";
import { durationOf } from "@/lib/domain/usual-duration";

import { againstUsual } from "./against-usual";
import { formatLength } from "./duration";
import { displayStateWord } from "./state-words";
import { versionName } from "./version";

type Compared = Pick<RolloutDisplay, "version" | "displayState" | "startedAt" | "endedAt">;
type Shown = Compared & { lowestGuaranteedReplicas: number | null };

/**
 * A rollout that is not over: how old it is, how many replicas it and the other one had updated at that age, of how
 * many, and how much sooner it came as far as it is now; null where either is unknown.
 */
type Progress = {
  elapsed: Duration;
  own: number | null;
  other: number | null;
  totals: { own: number | null; other: number | null };
  sooner: Duration | null;
};

/** Stands where the sentence will, until there is a rollout to compare with. */
export const nothingToCompare =
  "Rollcall has seen no earlier rollout succeed, so none is drawn here for comparison.";

/** The label at the end of another rollout's line: `v7, took 52 s`. */
export function comparisonLabel(other: Compared): string {
  const took = durationOf(other);
  return took === null
    ? versionName(other.version)
    : `${versionName(other.version)}, took ${formatLength(took)}`;
}

/**
 * What the line of another rollout says about the shown one. `now` is null if the shown one is over. `isBroken`: the
 * line has holes.
 */
export function comparisonSentence(
  shown: Shown,
  other: Compared & { isBroken: boolean },
  now: Progress | null,
): string {
  const took = durationOf(other);
  const name = versionName(other.version);
  const length = took === null ? "" : ` after ${formatLength(took)}`;
  const holes = other.isBroken ? "; where it breaks off, Rollcall could not watch" : "";
  const line = `Dotted line: ${name}, ${displayStateWord(other.displayState).toLowerCase()}${length}${holes}.`;
  if (now === null) return [line, ...speed(shown, other, took)].join(" ");
  const isOver = took !== null && took <= now.elapsed;
  if (now.other === null && !isOver) return line;
  const compared = aheadText(versionName(shown.version), now);
  const then = isOver
    ? "it was over"
    : `it had ${now.other} ${now.other === 1 ? "replica" : "replicas"} updated`;
  return `${line} By this time ${then}${compared === null ? "" : `: ${compared}`}.`;
}

/** `v8 is 2 replicas behind, and came as far 3 min later`. Counts of other totals are not compared. */
function aheadText(name: string, { own, other, totals, sooner }: Progress): string | null {
  if (own === null || other === null || totals.own !== totals.other) return null;
  const by = Math.abs(own - other);
  const place =
    by === 0
      ? `${name} is level with it`
      : `${name} is ${by} ${by === 1 ? "replica" : "replicas"} ${own > other ? "ahead" : "behind"}`;
  if (sooner === null || Math.abs(sooner) < second) return place;
  return `${place}, and came as far ${formatLength(Math.abs(sooner))} ${sooner > 0 ? "sooner" : "later"}`;
}

function speed(shown: Shown, other: Compared, othersTook: Duration | null): string[] {
  const took = durationOf(shown);
  if (took === null || othersTook === null) return [];
  if (shown.displayState !== "done" || other.displayState !== "done") return [];
  const compared = againstUsual(took, othersTook);
  const words = compared === "as usual" ? "took as long" : `was ${compared}`;
  const { lowestGuaranteedReplicas: lowest } = shown;
  const floor = lowest === null ? "" : `, and never fewer than ${lowest} replicas were guaranteed`;
  return [`${versionName(shown.version)} ${words}${floor}.`];
}
