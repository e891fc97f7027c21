import { second, type Duration, type Instant } from "@/lib/domain/instant";

import { monotonicNow } from "./monotonic";

/** Differences below this are travel time and rounding, not a clock that was set. */
const tolerance: Duration = 2 * second;

let offset: Duration | null = null;

/**
 * The server's instant now, carried forward on this machine's monotonic clock, so that the viewer's
 * wall clock never matters to an age. Before the server said anything it is the wall clock.
 */
export function serverNow(): Instant {
  return offset === null ? Date.now() : monotonicNow() + offset;
}

/** Takes note of the server's instant `ago` milliseconds before this moment. */
export function noteServerInstant(instant: Instant, ago: Duration = 0): void {
  const told = instant + ago - monotonicNow();
  if (offset === null || Math.abs(told - offset) > tolerance) offset = told;
}

/**
 * Starts the clock from the instant at which the page was drawn. The page's own HTML arrived some time
 * before its scripts ran; a page that was navigated to inside the application arrived just now.
 */
export function startServerClock(drawnAt: Instant): void {
  if (typeof window === "undefined") return;
  const [navigation] = performance.getEntriesByType("navigation");
  const isFirst = offset === null && navigation instanceof PerformanceNavigationTiming;
  noteServerInstant(drawnAt, isFirst ? performance.now() - navigation.responseStart : 0);
}
