import { second, type Duration } from "@/lib/domain/instant";

/** A jump of the wall clock ahead of the monotonic one that is taken for sleep. */
const sleepAtLeast: Duration = 2 * second;

let sleptFor: Duration = 0;
let last: { wall: number; ticks: number } | null = null;

/**
 * Milliseconds on a clock that never goes back and cannot be set. Some systems stop
 * `performance.now()` while they sleep, so a wall clock that ran ahead counts as time slept: data can
 * then look older than it is for one poll, never younger.
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
