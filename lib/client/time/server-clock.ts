import { second, type Duration, type Instant } from "@/lib/domain/instant";

import { monotonicNow } from "./monotonic";

/** Smaller differences do not set the clock back: the clocks of instances differ, and messages take time. */
const tolerance: Duration = 2 * second;

let offset: Duration | null = null;

/**
 * The server's time now, carried forward on this machine's monotonic clock, so that the viewer's wall clock does not
 * affect ages. Until the server's time is known, this is the wall clock.
 */
export function serverNow(): Instant {
  return offset === null ? Date.now() : monotonicNow() + offset;
}

/**
 * Records the server's clock: when this machine's monotonic clock showed `at`, it was between `instant` and `within`
 * milliseconds later (network time and rounding). If our estimate is behind, it moves forward. If it is ahead, it moves
 * back only beyond the tolerance, so that time does not jump between instances whose clocks differ.
 */
export function noteServerInstant(
  instant: Instant,
  { at = monotonicNow(), within = 0 }: { at?: number; within?: Duration } = {},
): void {
  const least = instant - at;
  if (offset === null || offset < least || offset > least + within + tolerance) offset = least;
}

/**
 * Starts the clock from the instant at which the page was rendered. The HTML of a full load arrived some time before
 * its scripts ran; a page reached by navigation inside the application arrived just now.
 */
export function startServerClock(drawnAt: Instant): void {
  if (typeof window === "undefined") return;
  const [navigation] = performance.getEntriesByType("navigation");
  const isFirst = offset === null && navigation instanceof PerformanceNavigationTiming;
  const ago = isFirst ? performance.now() - navigation.responseStart : 0;
  noteServerInstant(drawnAt, { at: monotonicNow() - ago });
}
