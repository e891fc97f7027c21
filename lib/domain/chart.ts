import { holdLast, toChartWindow, toUnseenStart } from "./chart-window";
import type { Gap } from "./gap";
import type { Instant } from "./instant";
import type { Point } from "./point";
import { toSeries, type Series } from "./series";
import { toCountTicks, toElapsedTicks } from "./ticks";

/** A rollout's picture over time, ready to be drawn: curves, scales and what stands at the edges. */
export type Chart = Series & {
  /** The count at the upper edge: a little above the highest, so that no line lies on the edge. */
  top: number;
  elapsedTicks: number[];
  countTicks: number[];
  /** Whether the right edge is the present. */
  isOpen: boolean;
};

const headroom = 0.06;
/** A tick closer than this to the present would run into its label. */
const beforePresent = 0.9;

/**
 * Prepares the chart of a rollout as of `present`. `seenUntil` is the newest good observation: up to it
 * the last counts are known to hold. Null when there is no course to draw.
 */
export function toChart(input: {
  points: readonly Point[];
  gaps: readonly Gap[];
  transitions: readonly { before: Instant }[];
  startedAt: Instant;
  endedAt: Instant | null;
  seenUntil: Instant | null;
  present: Instant;
}): Chart | null {
  const { gaps, transitions, endedAt, seenUntil, present } = input;
  const points = endedAt === null ? holdLast(input.points, seenUntil) : input.points;
  const window = toChartWindow({ ...input, points });
  if (window === null) return null;
  const unseen = toUnseenStart(points, window);
  const series = toSeries({
    points,
    gaps: unseen === null ? gaps : [unseen, ...gaps],
    transitions,
    window,
  });
  if (series.vertices.every(({ updated, total }) => updated === null && total === null)) return null;
  const isOpen = endedAt === null && window.until >= present;
  const latestTick = isOpen ? beforePresent * series.extent : series.extent;
  return {
    ...series,
    top: series.ceiling * (1 + headroom),
    elapsedTicks: toElapsedTicks(series.extent).filter((tick) => tick === 0 || tick <= latestTick),
    countTicks: toCountTicks(series.ceiling),
    isOpen,
  };
}
