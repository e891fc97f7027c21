import type { Duration } from "@/lib/domain/instant";
import type { RolloutDisplay } from "@/lib/domain/rollout-display";
import { durationOf } from "@/lib/domain/usual-duration";

import { againstUsual } from "./against-usual";
import { formatLength } from "./duration";
import { displayStateWord } from "./state-words";
import { versionName } from "./version";

type Compared = Pick<RolloutDisplay, "version" | "displayState" | "startedAt" | "endedAt">;
type Shown = Compared & { lowestGuaranteedReplicas: number | null };

/** The label at the end of another rollout's line: `v7, took 52 s`. */
export function comparisonLabel(other: Compared): string {
  const took = durationOf(other);
  return took === null
    ? versionName(other.version)
    : `${versionName(other.version)}, took ${formatLength(took)}`;
}

/**
 * What the line of another rollout says about the shown one. `now` is how old that is, and how many replicas the other
 * had updated at that age; null if the shown one is over. `isBroken`: the line has holes.
 */
export function comparisonSentence(
  shown: Shown,
  other: Compared & { isBroken: boolean },
  now: { elapsed: Duration; updated: number | null } | null,
): string {
  const took = durationOf(other);
  const name = versionName(other.version);
  const length = took === null ? "" : ` after ${formatLength(took)}`;
  const holes = other.isBroken ? "; where it breaks off, Rollcall could not watch" : "";
  const line = `Dotted line: ${name}, ${displayStateWord(other.displayState).toLowerCase()}${length}${holes}.`;
  if (now === null) return [line, ...speed(shown, other, took)].join(" ");
  if (took !== null && took <= now.elapsed) return `${line} By this time it was over.`;
  return now.updated === null ? line : `${line} By this time it had ${now.updated} replicas updated.`;
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
