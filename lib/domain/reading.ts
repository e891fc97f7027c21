import type { Chart } from "./chart";
import type { Duration } from "./instant";

/** What a chart says at one moment, in words: `7 updated`, `12 total`. */
export function countsAt(chart: Pick<Chart, "vertices" | "bands">, at: Duration): string[] {
  if (chart.bands.some(({ from, until }) => at > from && at < until)) return ["Not watched"];
  const vertex = chart.vertices.findLast(({ elapsed }) => elapsed <= at);
  const told = (["updated", "total", "guaranteed"] as const).flatMap((of) =>
    vertex === undefined || vertex[of] === null ? [] : [`${vertex[of]} ${of}`],
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
