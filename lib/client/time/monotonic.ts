import { second, type Duration } from "@/lib/domain/instant";

/** If the wall clock gets ahead of the monotonic clock by more than this, the machine was asleep. */
const sleepAtLeast: Duration = 2 * second;

let sleptFor: Duration = 0;
let last: { wall: number; ticks: number } | null = null;

/**
 * Milliseconds on a clock that never goes back and cannot be set. Some systems stop `performance.now()` while they
 * sleep, so the time that the wall clock gained is added. Data can look older than it is for one poll, never newer.
 */
export function monotonicNow(): number {
  const now = { wall: Date.now(), ticks: performance.now() };
  if (last !== null) {
    const ahead = now.wall - last.wall - (now.ticks - last.ticks);
    if (ahead > sleepAtLeast) sleptFor += ahead;
  }
  last = now;
  return now.ticks + sleptFor;
}
