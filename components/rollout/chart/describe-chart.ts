import type { Chart } from "@/lib/domain/chart";
import { formatDuration } from "@/lib/domain/duration";

/** The chart in a sentence, for those who do not see it; the table behind it has every number. */
export function describeChart(chart: Chart): string {
  const first = chart.vertices.find(({ updated }) => updated !== null)?.updated;
  const last = chart.vertices.findLast(({ updated }) => updated !== null)?.updated;
  const gaps = chart.bands.length;
  return [
    `Updated and total replicas over ${formatDuration(chart.extent)}.`,
    first === undefined || last === undefined ? "" : `Updated went from ${first} to ${last}.`,
    gaps === 0 ? "" : `${gaps} ${gaps === 1 ? "stretch was" : "stretches were"} not watched.`,
    "The same is there as a table below.",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}
