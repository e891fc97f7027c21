import { minute, type Duration, type Instant } from "./instant";

/** A value that holds from `elapsed` since the left edge until the next vertex; null where nothing was reported. */
type StripVertex<V> = { elapsed: Duration; value: V | null };

/** A stretch without any minute, in elapsed time. */
type StripGap = { from: Duration; until: Duration };

/** What one or several small charts over the same time draw. */
export type Strip<V> = { vertices: StripVertex<V>[]; gaps: StripGap[] };

/** Minutes that are still to come are no gap: each is known about a minute after its end. */
const patience: Duration = 3 * minute;

/**
 * Minutes (oldest first) on the time axis of a chart, which begins at `startedAt` and is `extent` wide. `isOver`: all of
 * it has passed; otherwise `present` is elapsed, and the newest minutes may not be known yet.
 */
export function toStrip<V extends { at: Instant }>(
  minutes: readonly V[],
  scale: { startedAt: Instant; extent: Duration; present: Duration | null },
): Strip<V> {
  const { startedAt, extent, present } = scale;
  const vertices: StripVertex<V>[] = [];
  const gaps: StripGap[] = [];
  const end = Math.min(extent, present ?? extent);
  let until = 0;
  for (const value of minutes) {
    const from = Math.max(0, value.at - startedAt);
    const ends = Math.min(end, value.at + minute - startedAt);
    if (ends <= 0 || from >= end) continue;
    if (from > until) {
      gaps.push({ from: until, until: from });
      if (vertices.length > 0) vertices.push({ elapsed: until, value: null });
    }
    vertices.push({ elapsed: from, value });
    until = ends;
  }
  if (vertices.length > 0) vertices.push({ elapsed: until, value: null });
  if (end - until > (present === null ? 0 : patience)) gaps.push({ from: until, until: end });
  return { vertices, gaps };
}

/** The upper edge of a small chart: a round number of at least the greatest value, and of at least `least`. */
export function toRoundTop(values: readonly number[], least: number): number {
  const greatest = values.reduce((most, value) => Math.max(most, value), least);
  const magnitude = 10 ** Math.floor(Math.log10(greatest));
  const step = [1, 2, 5, 10].find((factor) => greatest <= factor * magnitude * (1 + 1e-9)) ?? 10;
  return step * magnitude;
}
