import { second, type Duration, type Instant } from "@/lib/domain/instant";

import { monotonicNow } from "./monotonic";

/** A clock that is ahead by less than this was not set back: clocks differ, and messages take time. */
const tolerance: Duration = 2 * second;

let offset: Duration | null = null;

/**
 * The server's instant now, carried forward on this machine's monotonic clock, so that the viewer's
 * wall clock never matters to an age. Before the server said anything it is the wall clock.
 */
export function serverNow(): Instant {
  return offset === null ? Date.now() : monotonicNow() + offset;
}

/**
 * Takes note that the server's clock stood between `instant` and `within` milliseconds later when this machine's
 * monotonic clock stood at `at`: `within` is what the way of the answer and rounding leave open. An answer that
 * shows the clock to be behind moves it on; one that shows it to be ahead counts only past the tolerance, so that
 * time does not go back and forth between instances whose clocks differ.
 */
export function noteServerInstant(
  instant: Instant,
  { at = monotonicNow(), within = 0 }: { at?: number; within?: Duration } = {},
): void {
  const least = instant - at;
  if (offset === null || offset < least || offset > least + within + tolerance) offset = least;
}

/**
 * Starts the clock from the instant at which the page was drawn. The page's own HTML arrived some time
 * before its scripts ran; a page that was navigated to inside the application arrived just now.
 */
export function startServerClock(drawnAt: Instant): void {
  if (typeof window === "undefined") return;
  const [navigation] = performance.getEntriesByType("navigation");
  const isFirst = offset === null && navigation instanceof PerformanceNavigationTiming;
  const ago = isFirst ? performance.now() - navigation.responseStart : 0;
  noteServerInstant(drawnAt, { at: monotonicNow() - ago });
}
