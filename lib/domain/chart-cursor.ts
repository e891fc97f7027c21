import type { Chart } from "./chart";
import type { Duration } from "./instant";

/** What a chart says at one moment, in words: `7 updated`, `12 total`. */
export function countsAt(chart: Pick<Chart, "vertices" | "bands">, at: Duration): string[] {
  const band = chart.bands.find(({ from, until }) => at >= from && at < until);
  const seen = chart.vertices.filter(({ elapsed }) => elapsed <= at);
  // At the first moment of a gap the counts were seen for the last time; the vertex after them breaks the curve.
  const vertex = band === undefined ? seen.at(-1) : at === band.from ? seen.at(-2) : undefined;
  if (vertex === undefined) return ["Not watched"];
  const told = (["updated", "total", "guaranteed"] as const).flatMap((of) =>
    vertex[of] === null ? [] : [`${vertex[of]} ${of}`],
  );
  return told.length === 0 ? ["Not reported"] : told;
}

/** The moment that a key leads to: the next or last change, the start or the end; null for other keys. */
export function nextChange(
  chart: Pick<Chart, "vertices" | "extent">,
  at: Duration | null,
  key: string,
): Duration | null {
  const stops = [...new Set([0, ...chart.vertices.map(({ elapsed }) => elapsed), chart.extent])];
  const here = at ?? chart.extent;
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return stops.findLast((stop) => stop < here) ?? 0;
    case "ArrowRight":
    case "ArrowUp":
      return stops.find((stop) => stop > here) ?? chart.extent;
    case "Home":
      return 0;
    case "End":
      return chart.extent;
    default:
      return null;
  }
}
