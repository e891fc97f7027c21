import { greatest } from "./extremes";
import type { Gap } from "./gap";
import type { Duration, Instant } from "./instant";
import type { Point } from "./point";
import { guaranteedReplicas } from "./replicas";

/** One vertex of the step curves. `elapsed` counts from the start of the window; null counts draw nothing. */
export type Vertex = {
  elapsed: Duration;
  updated: number | null;
  total: number | null;
  guaranteed: number | null;
};

/** A hatched part of the chart. */
export type GapBand = { from: Duration; until: Duration; gap: Gap };

/** Everything the chart draws, in elapsed milliseconds and replicas. */
export type Series = {
  startedAt: Instant;
  vertices: Vertex[];
  bands: GapBand[];
  /** When something changed, for the ticks on the axis. */
  marks: Duration[];
  /** The right edge: the present during the rollout, its end afterwards. */
  extent: Duration;
  /** Top of the chart, in replicas; at least 1. */
  ceiling: number;
};

/**
 * Prepares the curves of one rollout. Points are in order and do not overlap. Between two points without a gap lies
 * a change whose exact instant was not seen; it is drawn as the vertical part of a step.
 */
export function toSeries(input: {
  points: readonly Point[];
  gaps: readonly Gap[];
  transitions: readonly { before: Instant }[];
  window: { from: Instant; until: Instant };
}): Series {
  const { points, gaps, transitions, window } = input;
  const toElapsed = (instant: Instant): Duration =>
    Math.min(Math.max(instant, window.from), window.until) - window.from;
  const vertices = points.flatMap((point, index) => [
    toVertex(toElapsed(point.from), point),
    ...endOf(point, points[index + 1], gaps).map((counts) => toVertex(toElapsed(point.until), counts)),
  ]);
  const bands = gaps.map((gap) => ({
    from: toElapsed(gap.from),
    until: toElapsed(gap.until ?? window.until),
    gap,
  }));
  return {
    startedAt: window.from,
    vertices,
    bands: bands.filter(({ from, until }) => until > from),
    marks: transitions.map(({ before }) => toElapsed(before)),
    extent: Math.max(1, window.until - window.from),
    ceiling: Math.max(
      1,
      greatest(points.map(({ updatedReplicas }) => updatedReplicas ?? 0)) ?? 0,
      greatest(points.map(({ totalReplicas }) => totalReplicas ?? 0)) ?? 0,
    ),
  };
}

type Counts = Pick<Point, "updatedReplicas" | "totalReplicas" | "maxUnavailable">;

const nothing: Counts = { updatedReplicas: null, totalReplicas: null, maxUnavailable: null };

/** The vertices that end a point: none when the next step takes over, itself at the end, a break before a gap. */
function endOf(point: Point, next: Point | undefined, gaps: readonly Gap[]): Counts[] {
  if (next === undefined) return [point];
  const isBroken = gaps.some((gap) => gap.from >= point.until && gap.from < next.from);
  return isBroken ? [point, nothing] : [];
}

function toVertex(elapsed: Duration, counts: Counts): Vertex {
  return {
    elapsed,
    updated: counts.updatedReplicas,
    total: counts.totalReplicas,
    guaranteed: guaranteedReplicas(counts),
  };
}
