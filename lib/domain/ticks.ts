import { day, hour, minute, second, type Duration } from "./instant";

const roundDurations: readonly Duration[] = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 7, 14, 30, 90, 365].map((n) => n * day),
];

/** Four or five (at most `most`) round moments of elapsed time from 0, the last of them before `extent`. */
export function toElapsedTicks(extent: Duration, most = 5): Duration[] {
  const fits = (step: Duration): boolean => Math.floor(extent / step) + 1 <= most;
  const step = roundDurations.find(fits) ?? Math.ceil(extent / (most - 1));
  return Array.from({ length: Math.floor(extent / step) + 1 }, (_, index) => index * step);
}

/** Round counts from 0 to `ceiling` at most, `most` of them or fewer. */
export function toCountTicks(ceiling: number, most = 5): number[] {
  const magnitudes = [1, 2, 5].map((n) => n * 10 ** Math.floor(Math.log10(Math.max(1, ceiling / most))));
  const steps = [...magnitudes, ...magnitudes.map((n) => n * 10)].filter((step) => step >= 1);
  const step = steps.find((candidate) => Math.floor(ceiling / candidate) + 1 <= most) ?? Math.max(1, ceiling);
  return Array.from({ length: Math.floor(ceiling / step) + 1 }, (_, index) => index * step);
}
