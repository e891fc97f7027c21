import { ticksBeside, type Chart } from "./chart";
import { vertexAt } from "./chart-cursor";
import type { Duration, Instant } from "./instant";
import type { Vertex } from "./series";
import { toCountTicks } from "./ticks";

/** A rollout's chart and the start of the rollout, which may lie before the chart. */
export type RolloutChart = { chart: Chart; startedAt: Instant };

/**
 * The curve of `other` in the elapsed time of `shown`: both rollouts start at the same place, even where either
 * chart omits its start or shows only a range.
 */
export function toComparison(shown: RolloutChart, other: RolloutChart): Vertex[] {
  const shift = other.chart.startedAt - other.startedAt - (shown.chart.startedAt - shown.startedAt);
  const vertices = other.chart.vertices.map((vertex) => ({ ...vertex, elapsed: vertex.elapsed + shift }));
  const begun = vertices.findLast(({ elapsed }) => elapsed < 0);
  const visible = vertices.filter(({ elapsed }) => elapsed >= 0);
  return begun === undefined ? visible : [{ ...begun, elapsed: 0 }, ...visible];
}

/**
 * How far a rollout and another one had come at `present`, in the elapsed time of both, and how much sooner (negative:
 * later) it had as many replicas updated as now. What is unknown is null.
 */
export function toProgress(
  shown: Pick<Chart, "vertices">,
  other: readonly Vertex[],
  present: Duration,
): {
  own: number | null;
  other: number | null;
  totals: { own: number | null; other: number | null };
  sooner: Duration | null;
} {
  const [own, then] = [shown.vertices, other].map((vertices) =>
    vertexAt({ vertices: [...vertices], bands: [] }, present),
  );
  const count = own?.updated ?? null;
  const [reached, othersReached] = [shown.vertices, other].map((vertices) =>
    count === null || count === 0
      ? undefined
      : vertices.find(({ updated }) => (updated ?? -1) >= count)?.elapsed,
  );
  return {
    own: count,
    other: then?.updated ?? null,
    totals: { own: own?.total ?? null, other: then?.total ?? null },
    sooner: reached === undefined || othersReached === undefined ? null : othersReached - reached,
  };
}

/** A rollout that is not over keeps at least this share of the chart's width. */
const ownShare = 0.25;

/** Enlarges the chart to fit a longer or higher curve; a range keeps its length. */
export function withRoomFor(chart: Chart, vertices: readonly Vertex[]): Chart {
  const longest = vertices.reduce<Duration>((most, { elapsed }) => Math.max(most, elapsed), chart.extent);
  const atMost = chart.present === null ? longest : chart.present / ownShare;
  const extent = chart.isRange ? chart.extent : Math.max(chart.extent, Math.min(longest, atMost));
  const highest = vertices.reduce((most, { updated }) => Math.max(most, updated ?? 0), 0);
  const ceiling = Math.max(chart.ceiling, highest);
  if (extent === chart.extent && ceiling === chart.ceiling) return chart;
  return {
    ...chart,
    extent,
    ceiling,
    top: (chart.top / chart.ceiling) * ceiling,
    elapsedTicks: ticksBeside(extent, chart.present),
    countTicks: toCountTicks(ceiling),
  };
}
