import "server-only";

import { ExponentialBackoff } from "cockatiel";

import { minute, type Duration } from "@/lib/domain/instant";

const longest: Duration = 5 * minute;

/**
 * The wait after the nth failure in a row (from 1), in milliseconds: growing with jitter from the
 * interval to 5 min, never shorter than the interval.
 */
export function backoffDelay(nth: number, interval: Duration): Duration {
  const policy = new ExponentialBackoff({ initialDelay: interval, maxDelay: Math.max(interval, longest) });
  let step = policy.next();
  for (let count = 1; count < Math.min(nth, 20); count += 1) step = step.next(undefined);
  return Math.max(interval, step.duration);
}
