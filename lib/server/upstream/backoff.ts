import "server-only";

import { minute, type Duration } from "@/lib/domain/instant";

const longest: Duration = 5 * minute;
/**
 * The wait in milliseconds after the nth failure in a row (from 1): exponential from the interval to 5 min, and random
 * in the upper half of that, so endpoints that failed together do not retry together. Never shorter than the interval.
 */
export function backoffDelay(nth: number, interval: Duration): Duration {
  // Beyond 2^30 the factor only grows past every limit.
  const ceiling = Math.min(interval * 2 ** Math.min(nth - 1, 30), Math.max(interval, longest));
  return Math.max(interval, ceiling * (0.5 + Math.random() / 2));
}
