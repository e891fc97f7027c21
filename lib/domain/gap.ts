import type { Cause } from "./cause";
import type { Duration, Instant } from "./instant";
import type { WatchSpan } from "./observation";

/** A stretch without a good observation. `until` is null while it lasts. */
export type Gap = {
  from: Instant;
  until: Instant | null;
  cause: Cause | null;
};

/** Two intervals without a good observation make a gap. */
export function isGap(sinceLastObservation: Duration, interval: Duration): boolean {
  return sinceLastObservation > 2 * interval;
}

/**
 * The gaps between spans (oldest first) that touch the window. They are not clipped: a gap that extends beyond the
 * window is returned whole.
 */
export function toGaps(
  spans: readonly WatchSpan[],
  window: { from: Instant; until: Instant },
  openGap: { cause: Cause | null } | null,
): Gap[] {
  const gaps = spans.map((span, index): Gap | null => {
    const next = spans[index + 1];
    if (next !== undefined) return { from: span.until, until: next.from, cause: span.brokenBy };
    return openGap === null ? null : { from: span.until, until: null, cause: openGap.cause };
  });
  return gaps.filter(
    (gap): gap is Gap =>
      gap !== null &&
      // A window that ends at the last observation touches the open gap, which begins there.
      (gap.until === null ? gap.from <= window.until : gap.from < window.until && gap.until > window.from),
  );
}
