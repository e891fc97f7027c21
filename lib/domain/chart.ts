import { holdLast, narrowWindow, toChartWindow, toUnseenStart, type ChartWindow } from "./chart-window";
import type { Gap } from "./gap";
import type { Duration, Instant } from "./instant";
import type { Point } from "./point";
import { toSeries, type Series } from "./series";
import { toCountTicks, toElapsedTicks } from "./ticks";

/** A rollout's chart, ready to be drawn: curves, scales and edges. */
export type Chart = Series & {
  /** All recorded points; the last one is extended while its counts are known to hold. */
  points: readonly Point[];
  /** The count at the upper edge, a little above the highest, so that no line is on the edge. */
  top: number;
  elapsedTicks: number[];
  countTicks: number[];
  /** Where the present is: at the right edge, or before it if a longer rollout is drawn beside; null after its end. */
  present: Duration | null;
  /** Whether the left edge is the first observation, because the rollout started too long before it. */
  isCutAtStart: boolean;
  /** Whether only a range of the recorded time is shown. */
  isRange: boolean;
};

const headroom = 0.06;
/** Ticks closer than this share of the width to the present would overlap its label. */
const besidePresent = 0.14;

/** More marks than this would merge into one bar. */
const mostMarks = 300;

/**
 * Prepares the chart of a rollout at `present`. The last counts are known to hold until `seenUntil`, the newest good
 * observation. Null when there is nothing to draw.
 */
export function toChart(input: {
  points: readonly Point[];
  gaps: readonly Gap[];
  transitions: readonly { before: Instant }[];
  startedAt: Instant;
  endedAt: Instant | null;
  /** Whether its last counts are final: it has ended and was not merely delisted. */
  isSettled: boolean;
  seenUntil: Instant | null;
  present: Instant;
  /** The range to show; ignored if it contains nothing of the rollout. */
  range?: ChartWindow | null;
  /** The start of another rollout drawn beside, where the chart begins unless that is too long ago. */
  since?: Instant | null;
}): Chart | null {
  const { gaps, transitions, endedAt, seenUntil, present } = input;
  const whole = toChartWindow(input);
  if (whole === null) return null;
  const window = narrowWindow(whole, input.range ?? null);
  // What is seen at the present holds to the edge, also in a chart that is too young to be drawn to scale.
  const isSeenNow = endedAt === null && seenUntil !== null && seenUntil >= present;
  const points = holdLast(input.points, input.isSettled || isSeenNow ? whole.until : seenUntil);
  const unseen = toUnseenStart(points, {
    ...window,
    from: Math.max(window.from, Math.min(input.startedAt, window.until)),
  });
  const isShown = ({ from, until }: ChartWindow) => from <= window.until && until >= window.from;
  const shown = transitions.filter(({ before: at }) => isShown({ from: at, until: at }));
  const series = toSeries({
    points: points.filter(isShown),
    gaps: unseen === null ? gaps : [unseen, ...gaps],
    transitions: shown.length > mostMarks ? [] : shown,
    window,
  });
  if (series.vertices.every(({ updated, total }) => updated === null && total === null)) return null;
  const open = endedAt === null && window.until >= present ? series.extent : null;
  return {
    ...series,
    points,
    top: series.ceiling * (1 + headroom),
    elapsedTicks: ticksBeside(series.extent, open),
    countTicks: toCountTicks(series.ceiling),
    present: open,
    isCutAtStart: whole.from > input.startedAt,
    isRange: window !== whole,
  };
}

/** Round elapsed times that leave room for the label of the present. */
export function ticksBeside(extent: Duration, present: Duration | null): Duration[] {
  return toElapsedTicks(extent).filter(
    (tick) => tick === 0 || present === null || Math.abs(tick - present) >= besidePresent * extent,
  );
}
