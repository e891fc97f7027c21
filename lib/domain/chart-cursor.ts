import type { Chart } from "./chart";
import type { Duration } from "./instant";
import type { Vertex } from "./series";

/** The counts that hold at one moment; null where nothing was watched. */
export function vertexAt(chart: Pick<Chart, "vertices" | "bands">, at: Duration): Vertex | null {
  const band = chart.bands.find(({ from, until }) => at >= from && at < until);
  const seen = chart.vertices.filter(({ elapsed }) => elapsed <= at);
  if (band === undefined) return seen.at(-1) ?? null;
  // The first moment of a gap still has counts: those of the vertex before the one that breaks the curve.
  return (at === band.from ? seen.at(-2) : undefined) ?? null;
}

/** The latest moment that a chart knows of: the present, or its right edge after the end. */
export function latestMoment({ present, extent }: Pick<Chart, "present" | "extent">): Duration {
  return present ?? extent;
}

/** Where a key moves the cursor: the next or previous change, the start or the end; null for other keys. */
export function nextChange(
  chart: Pick<Chart, "vertices" | "extent" | "present">,
  at: Duration | null,
  key: string,
): Duration | null {
  const stops = [...new Set([0, ...chart.vertices.map(({ elapsed }) => elapsed), latestMoment(chart)])];
  const here = at ?? latestMoment(chart);
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return stops.findLast((stop) => stop < here) ?? 0;
    case "ArrowRight":
    case "ArrowUp":
      return stops.find((stop) => stop > here) ?? latestMoment(chart);
    case "Home":
      return 0;
    case "End":
      return latestMoment(chart);
    default:
      return null;
  }
}
