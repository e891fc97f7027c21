import type { Gap } from "./gap";
import { second, type Duration, type Instant } from "./instant";
import type { Point } from "./point";

/** The time range of a rollout's chart. */
export type ChartWindow = { from: Instant; until: Instant };

/** The largest share of the chart that may lie before the first observation; more would squeeze the rest. */
const unseenAtMost = 0.6;
/** Empty time after the end, as a share of the chart, so that the last step is visible. */
const tailShare = 0.06;
const tailAtLeast: Duration = 2 * second;

/**
 * From the start (or the first observation, where the start is too long ago to draw) to the present, or to shortly
 * after the end. Null when the range would be empty: the rollout had ended before the first observation.
 */
export function toChartWindow(input: {
  points: readonly Point[];
  startedAt: Instant;
  endedAt: Instant | null;
  present: Instant;
  /** An earlier moment at which to begin, unless that is too long ago. */
  since?: Instant | null;
}): ChartWindow | null {
  const { points, startedAt, endedAt, present, since = null } = input;
  const first = points[0];
  if (first === undefined) return null;
  const end = endedAt ?? present;
  if (end <= first.from) return null;
  const isNear = startedAt <= first.from && first.from - startedAt <= unseenAtMost * (end - startedAt);
  const own = isNear ? startedAt : first.from;
  const isBeside = since !== null && since < own && own - since <= unseenAtMost * (end - since);
  const from = isBeside ? since : own;
  if (endedAt === null) return { from, until: Math.max(present, from + second) };
  const tail = Math.max(tailAtLeast, tailShare * (endedAt - from));
  return { from, until: Math.min(Math.max(present, endedAt), endedAt + tail) };
}

const rangeAtLeast: Duration = second;

/** The part of a range within the window, or the whole window where that part is too short to draw. */
export function narrowWindow(window: ChartWindow, range: ChartWindow | null): ChartWindow {
  if (range === null) return window;
  const from = Math.max(window.from, range.from);
  const until = Math.min(window.until, range.until);
  return until - from < rangeAtLeast ? window : { from, until };
}

/** Extends the last point to the newest good observation: an unchanged answer confirms it. */
export function holdLast(points: readonly Point[], seenUntil: Instant | null): Point[] {
  const last = points.at(-1);
  if (last === undefined || seenUntil === null || seenUntil <= last.until) return [...points];
  return [...points.slice(0, -1), { ...last, until: seenUntil }];
}

/** The time between the window's start and the first observation, if it is long enough to be visible. */
export function toUnseenStart(points: readonly Point[], window: ChartWindow): Gap | null {
  const first = points[0];
  if (first === undefined || first.from - window.from < 0.03 * (window.until - window.from)) return null;
  return { from: window.from, until: first.from, cause: null };
}
