import type { FleetPart } from "./fleet-summary";
import { minute, type Instant } from "./instant";
import { isQuiet } from "./display-state";

/** The most endpoints on one page of the wall. */
export const mostAtOnce = 60;

/** The most names below the featured tiles in a size that is read from four meters; more endpoints become counts. */
export const mostNames = 8;

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
 * close to `tile` (width / height). Rows are filled evenly: 5 tiles in 3 columns are 3 and 2, never 4 and 1.
 */
export function columnsFor(count: number, area: number, tile: number): number {
  const candidates = Array.from({ length: Math.max(1, count) }, (_, index) => index + 1);
  const misfit = (columns: number) => {
    const rows = Math.ceil(count / columns);
    const shape = (area / columns) * rows;
    const empty = (columns * rows - count) / (columns * rows);
    return Math.abs(Math.log(shape / tile)) + empty;
  };
  const best = candidates.toSorted((a, b) => misfit(a) - misfit(b))[0] ?? 1;
  return Math.ceil(count / Math.ceil(count / best)) || 1;
}

/** How a wall divides its screen. `folded` endpoints appear as counts only. */
export type WallLayout<L> = {
  featured: readonly L[];
  unseen: readonly L[];
  quiet: readonly L[];
  folded: readonly L[];
  /** Which endpoints are on the screen, counted from 1; null if all are. */
  page: { from: number; to: number } | null;
};

/**
 * Divides the screen among `placed`, in their order. Featured endpoints are on every page. Below them there is room for
 * `mostNames` names: unseen endpoints come first, then acknowledged failures; the rest is folded into counts. If all
 * endpoints are quiet, a page holds `mostAtOnce` names, and `turn` chooses the page.
 */
export function arrangeWall<L extends { place: WallPlace; isAcknowledged: boolean }>(
  placed: readonly L[],
  turn: number,
): WallLayout<L> {
  const inPlace = (place: WallPlace, among = placed) => among.filter((each) => each.place === place);
  const [featured, unseen, quiet] = [inPlace("featured"), inPlace("unseen"), inPlace("quiet")];
  if (featured.length === 0 && (unseen.length === 0 || quiet.length === 0)) {
    const pages = Math.max(1, Math.ceil(placed.length / mostAtOnce));
    const from = (((turn % pages) + pages) % pages) * mostAtOnce;
    const shown = placed.slice(from, from + mostAtOnce);
    const page = pages === 1 ? null : { from: from + 1, to: from + shown.length };
    return { featured, unseen: inPlace("unseen", shown), quiet: inPlace("quiet", shown), folded: [], page };
  }
  const atLarge = featured.length === 0 ? mostAtOnce : mostNames;
  const named = unseen.length <= atLarge ? unseen : [];
  const isRoomy = quiet.length <= mostNames - (featured.length === 0 ? 0 : named.length);
  const acknowledged = quiet.filter(({ isAcknowledged }) => isAcknowledged);
  const shownQuiet = isRoomy ? quiet : acknowledged.slice(0, Math.max(0, mostNames - named.length));
  const visible = new Set([...named, ...shownQuiet]);
  const folded = [...unseen, ...quiet].filter((each) => !visible.has(each));
  return { featured, unseen: named, quiet: shownQuiet, folded, page: null };
}
