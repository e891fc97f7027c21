import type { Chart } from "@/lib/domain/chart";
import { vertexAt } from "@/lib/domain/chart-cursor";
import type { Duration } from "@/lib/domain/instant";

import { formatDuration } from "./duration";

/** The counts of a chart at one moment, for its tooltip: `7 updated`, `12 total`. */
export function chartCounts(chart: Pick<Chart, "vertices" | "bands" | "present">, at: Duration): string[] {
  if (chart.present !== null && at > chart.present) return ["Not yet"];
  const vertex = vertexAt(chart, at);
  if (vertex === null) return ["Not watched"];
  const counts = (["updated", "total", "guaranteed"] as const).flatMap((of) =>
    vertex[of] === null ? [] : [`${vertex[of]} ${of}`],
  );
  return counts.length === 0 ? ["Not reported"] : counts;
}

/** The chart in a sentence, for screen readers. */
export function chartSentence(chart: Pick<Chart, "vertices" | "bands" | "extent">): string {
  const first = chart.vertices.find(({ updated }) => updated !== null)?.updated;
  const last = chart.vertices.findLast(({ updated }) => updated !== null)?.updated;
  const gaps = chart.bands.length;
  return [
    `Updated and total replicas over ${formatDuration(chart.extent)}.`,
    first === undefined || last === undefined ? "" : `Updated went from ${first} to ${last}.`,
    gaps === 0 ? "" : `${gaps} ${gaps === 1 ? "gap" : "gaps"} without observations.`,
    "The same data is in the table below.",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}
