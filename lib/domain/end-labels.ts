import type { Series } from "./series";

/** A label at the right end of a curve: `at` is its height as a share of the chart, 0 at the bottom. */
export type EndLabel = {
  of: "updated" | "total" | "guaranteed" | "other";
  count: number;
  at: number;
  /** The version, where another rollout is drawn beside. */
  name?: string | undefined;
};

/** The end of another rollout's curve. */
export type OtherEnd = { name: string; count: number };

/**
 * The labels of the curves' right ends with the last reported counts, topmost first, at least `apart` (a share of the
 * height) from each other and within the chart.
 */
export function toEndLabels(
  series: Series,
  top: number,
  apart: number,
  others: readonly OtherEnd[] = [],
): EndLabel[] {
  const toAt = (count: number) => Math.min(Math.max(count / top, 0), 1);
  const ends: EndLabel[] = (["total", "guaranteed", "updated"] as const).flatMap((of) => {
    const count = series.vertices.findLast((vertex) => vertex[of] !== null)?.[of] ?? null;
    return count === null ? [] : [{ of, count, at: toAt(count) }];
  });
  const beside = others.map(({ name, count }): EndLabel => ({ of: "other", count, at: toAt(count), name }));
  return moveApart(
    [...ends, ...beside].toSorted((a, b) => b.at - a.at),
    apart,
  );
}

/** Labels, topmost first, moved to be at least `apart` from each other. The lowest ones stay above 0. */
export function moveApart<T extends { at: number }>(labels: readonly T[], apart: number): T[] {
  const lowered = labels.reduce<T[]>((placed, label) => {
    const above = placed.at(-1);
    return [...placed, above === undefined ? label : { ...label, at: Math.min(label.at, above.at - apart) }];
  }, []);
  return lowered.reduceRight<T[]>((placed, label) => {
    const below = placed[0];
    const floor = below === undefined ? 0 : below.at + apart;
    return [{ ...label, at: Math.max(label.at, floor) }, ...placed];
  }, []);
}
