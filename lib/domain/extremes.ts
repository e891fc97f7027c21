/** The greatest of many numbers; null when there are none. Spread arguments overflow the stack past about 100,000. */
export function greatest(values: Iterable<number>): number | null {
  let found: number | null = null;
  for (const value of values) if (found === null || value > found) found = value;
  return found;
}

/** The smallest of many numbers; null when there are none. */
export function smallest(values: Iterable<number>): number | null {
  let found: number | null = null;
  for (const value of values) if (found === null || value < found) found = value;
  return found;
}

/** The median; null when there are no values. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

/** The value below which a share of the values lie, between 0 and 1, interpolated; null when there are no values. */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [lower, upper] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return lower === undefined || upper === undefined ? null : lower + (upper - lower) * (place % 1);
}
