import type { Gap } from "./gap";
import { second, type Duration, type Instant } from "./instant";
import type { Point } from "./point";

/** The stretch of time that a rollout's chart shows. */
export type ChartWindow = { from: Instant; until: Instant };

/** How much of what is shown may lie before the first look: more would squeeze what was seen. */
const unseenAtMost = 0.6;
/** The quiet stretch kept after the end, so that the last step can be seen. */
const tailShare = 0.06;
const tailAtLeast: Duration = 2 * second;

/**
 * From the start (or from the first look, where the start lies too far back to draw) until the present,
 * or until shortly after the end. Null when there is no stretch to show: nothing was seen to move.
 */
export function toChartWindow(input: {
  points: readonly Point[];
  startedAt: Instant;
  endedAt: Instant | null;
  present: Instant;
}): ChartWindow | null {
  const { points, startedAt, endedAt, present } = input;
  const first = points[0];
  if (first === undefined) return null;
  const end = endedAt ?? present;
  if (end <= first.from) return null;
  const isNear = startedAt <= first.from && first.from - startedAt <= unseenAtMost * (end - startedAt);
  const from = isNear ? startedAt : first.from;
  if (endedAt === null) return { from, until: Math.max(present, from + second) };
  const tail = Math.max(tailAtLeast, tailShare * (endedAt - from));
  return { from, until: Math.min(Math.max(present, endedAt), endedAt + tail) };
}

const rangeAtLeast: Duration = second;

/** The part of a range that lies within the window; the window itself where that is too little to draw. */
export function narrowWindow(window: ChartWindow, range: ChartWindow | null): ChartWindow {
  if (range === null) return window;
  const from = Math.max(window.from, range.from);
  const until = Math.min(window.until, range.until);
  return until - from < rangeAtLeast ? window : { from, until };
}

/** The last point, held until the newest good observation: an unchanged answer says that it still holds. */
export function holdLast(points: readonly Point[], seenUntil: Instant | null): Point[] {
  const last = points.at(-1);
  if (last === undefined || seenUntil === null || seenUntil <= last.until) return [...points];
  return [...points.slice(0, -1), { ...last, until: seenUntil }];
}

/** The stretch between the window's start and the first look, when it is long enough to be seen. */
export function toUnseenStart(points: readonly Point[], window: ChartWindow): Gap | null {
  const first = points[0];
  if (first === undefined || first.from - window.from < 0.03 * (window.until - window.from)) return null;
  return { from: window.from, until: first.from, cause: null };
}
