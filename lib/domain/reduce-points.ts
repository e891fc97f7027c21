import type { Gap } from "./gap";
import type { Point } from "./point";

const counts = ["updatedReplicas", "totalReplicas", "maxUnavailable"] as const;
/** The most points that a bucket keeps: its first and last, and the extremes of three counts. */
const keptPerBucket = 2 + 2 * counts.length;

/**
 * Reduces points (oldest first) to about `most`. They are put into buckets of equal time. Each bucket keeps its first
 * and last point and those with the lowest and highest counts, so that a line with one pixel per bucket looks the
 * same. Changes of status, or of the reported counts, and both sides of a gap are always kept, even if they
 * alone exceed `most`. A kept point covers the dropped ones after it, but never a gap.
 */
export function reducePoints(
  points: readonly Point[],
  gaps: readonly Pick<Gap, "from" | "until">[],
  most: number,
): Point[] {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length <= most) return [...points];
  const edges = findEdges(points, gaps);
  const buckets = Math.max(1, Math.floor((most - edges.size) / keptPerBucket));
  const width = Math.max(1, (last.until - first.from) / buckets);
  const kept = new Set(edges);
  const bucketOf = ({ from }: Point) => Math.min(buckets - 1, Math.floor((from - first.from) / width));
  let bucket: number[] = [];
  for (const [nth, point] of points.entries()) {
    bucket.push(nth);
    const next = points[nth + 1];
    if (next !== undefined && bucketOf(next) === bucketOf(point)) continue;
    for (const extreme of findExtremes(points, bucket)) kept.add(extreme);
    bucket = [];
  }
  return coverDropped(points, kept, gaps);
}

/** The points that must stay: both sides of each gap and of each change that must be visible. */
function findEdges(points: readonly Point[], gaps: readonly Pick<Gap, "from" | "until">[]): Set<number> {
  const edges = new Set([0, points.length - 1]);
  const isGap = toGapTest(gaps);
  for (const [nth, point] of points.entries()) {
    const former = points[nth - 1];
    if (former === undefined) continue;
    const isOtherwiseReported = counts.some((count) => (former[count] === null) !== (point[count] === null));
    if (former.status !== point.status || isOtherwiseReported || isGap(former, point))
      edges.add(nth - 1).add(nth);
  }
  return edges;
}

function findExtremes(points: readonly Point[], bucket: readonly number[]): Set<number> {
  const extremes = new Set([bucket[0] ?? 0, bucket.at(-1) ?? 0]);
  for (const count of counts) {
    const valueOf = (nth: number) => points[nth]?.[count] ?? null;
    let [lowest, highest] = [bucket[0] ?? 0, bucket[0] ?? 0];
    for (const nth of bucket) {
      const value = valueOf(nth);
      if (value === null) continue;
      if (value < (valueOf(lowest) ?? Number.POSITIVE_INFINITY)) lowest = nth;
      if (value > (valueOf(highest) ?? Number.NEGATIVE_INFINITY)) highest = nth;
    }
    extremes.add(lowest).add(highest);
  }
  return extremes;
}

function coverDropped(
  points: readonly Point[],
  kept: ReadonlySet<number>,
  gaps: readonly Pick<Gap, "from" | "until">[],
): Point[] {
  const isGap = toGapTest(gaps);
  const covered: Point[] = [];
  for (const [nth, point] of points.entries()) {
    const before = covered.at(-1);
    if (kept.has(nth) || before === undefined) covered.push(point);
    else if (!isGap(before, point)) covered[covered.length - 1] = { ...before, until: point.until };
  }
  return covered;
}

/** Whether watching was interrupted between two points; both and the gaps come oldest first. */
function toGapTest(gaps: readonly Pick<Gap, "from" | "until">[]): (former: Point, point: Point) => boolean {
  let next = 0;
  return (former, point) => {
    while (next < gaps.length && (gaps[next]?.until ?? Number.POSITIVE_INFINITY) <= former.from) next += 1;
    const gap = gaps[next];
    return gap !== undefined && gap.from >= former.from && gap.from < point.from;
  };
}
