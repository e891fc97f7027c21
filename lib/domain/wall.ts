import type { FleetPart } from "./fleet-summary";
import { minute, type Instant } from "./instant";
import { isQuiet } from "./display-state";

/** How many endpoints a screen shows at once; more take turns. */
export const mostAtOnce = 60;

/** A rollout that is done is celebrated for so long, then it is quiet. */
const celebratedFor = minute;

/** What a screen needs to know of an endpoint to give it its place. */
export type WallLine = FleetPart & { changedAt: Instant | null; isAcknowledged: boolean };

/** The space of a screen that an endpoint gets. */
export type WallPlace = "featured" | "unseen" | "quiet";

/**
 * Featured: it moves, it has just arrived, or it has failed and nobody has acknowledged it. What cannot be
 * seen is never among the quiet: featured if it was moving or failing when it was last seen, else with the unseen.
 */
export function placeOnWall(
  { displayState, freshness, changedAt, isAcknowledged }: WallLine,
  now: Instant,
): WallPlace {
  if (!isAcknowledged && !isQuiet(displayState)) return "featured";
  if (freshness.state === "blind" || freshness.observedAt === null) return "unseen";
  const isNew = changedAt !== null && now - changedAt < celebratedFor && now >= changedAt;
  return isNew && !isAcknowledged && freshness.state === "live" ? "featured" : "quiet";
}

/**
 * Into how many columns so many tiles are laid on an area of this shape (width by height), so that each is as
 * near as can be to `tile` (width by height), and none of the area is left over but in the last row.
 */
export function columnsFor(count: number, area: number, tile: number): number {
  const candidates = Array.from({ length: Math.max(1, count) }, (_, index) => index + 1);
  const misfit = (columns: number) => {
    const rows = Math.ceil(count / columns);
    const shape = (area / columns) * rows;
    const empty = (columns * rows - count) / (columns * rows);
    return Math.abs(Math.log(shape / tile)) + empty;
  };
  return candidates.toSorted((a, b) => misfit(a) - misfit(b))[0] ?? 1;
}

/** The lines of one turn; turns follow each other without end. */
export function pageOf<L>(lines: readonly L[], turn: number): readonly L[] {
  const turns = Math.max(1, Math.ceil(lines.length / mostAtOnce));
  const from = (((turn % turns) + turns) % turns) * mostAtOnce;
  return lines.slice(from, from + mostAtOnce);
}
