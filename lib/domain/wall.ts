import type { FleetPart } from "./fleet-summary";
import { minute, type Instant } from "./instant";
import { isQuiet } from "./display-state";

/** The most endpoints on one page of the wall. */
export const mostAtOnce = 60;

/** How long a finished rollout stays featured. */
const celebratedFor = minute;

/** What decides an endpoint's place on the wall. */
export type WallLine = FleetPart & { changedAt: Instant | null; isAcknowledged: boolean };

/** The part of the wall that an endpoint is shown in. */
export type WallPlace = "featured" | "unseen" | "quiet";

/**
 * Featured: moving, just finished, or failed and not acknowledged. A blind endpoint is never quiet: it is featured if
 * it was moving or failing when last seen, and unseen otherwise.
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
 * The number of columns for `count` tiles on an area of this shape (width / height), so that the shape of each tile is
 * close to `tile` (width / height) and few places in the last row stay empty.
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

/** The lines of one page; after the last page the first one follows. */
export function pageOf<L>(lines: readonly L[], turn: number): readonly L[] {
  const turns = Math.max(1, Math.ceil(lines.length / mostAtOnce));
  const from = (((turn % turns) + turns) % turns) * mostAtOnce;
  return lines.slice(from, from + mostAtOnce);
}
