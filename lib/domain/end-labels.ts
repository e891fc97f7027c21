import type { Series } from "./series";

/** A label at the right end of a curve: `at` is its height as a share of the chart, 0 at the bottom. */
export type EndLabel = { of: "updated" | "total" | "guaranteed"; count: number; at: number };

/**
 * The labels of the curves' right ends with the last reported counts, topmost first, at least `apart` (a share of the
 * height) from each other and within the chart.
 */
export function toEndLabels(series: Series, top: number, apart: number): EndLabel[] {
  const ends: EndLabel[] = (["total", "guaranteed", "updated"] as const).flatMap((of) => {
    const count = series.vertices.findLast((vertex) => vertex[of] !== null)?.[of] ?? null;
    const at = Math.min(Math.max((count ?? 0) / top, 0), 1);
    return count === null ? [] : [{ of, count, at }];
  });
  return moveApart(
    ends.toSorted((a, b) => b.at - a.at),
    apart,
  );
}

function moveApart(labels: readonly EndLabel[], apart: number): EndLabel[] {
  const lowered = labels.reduce<EndLabel[]>((placed, label) => {
    const above = placed.at(-1);
    return [...placed, above === undefined ? label : { ...label, at: Math.min(label.at, above.at - apart) }];
  }, []);
  return lowered.reduceRight<EndLabel[]>((placed, label) => {
    const below = placed[0];
    const floor = below === undefined ? 0 : below.at + apart;
    return [{ ...label, at: Math.max(label.at, floor) }, ...placed];
  }, []);
}
