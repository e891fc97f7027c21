import "server-only";

import { minute, second, type Duration } from "@/lib/domain/instant";

/** The first wait. */
const usualBackOff: Duration = second;
const longest: Duration = 15 * minute;

/** Attempts to deliver one message, at most: about a day. */
export const mostAttempts = 100;

/**
 * How long to wait after the nth failed attempt (from 1): doubled from `first` to 15 min, and random in the upper half
 * of that. A receiver that names a time gets it.
 */
export function toBackOff(
  nth: number,
  retryAfter: Duration | null,
  first: Duration = usualBackOff,
  random: number = Math.random(),
): Duration {
  const ceiling = Math.min(longest, first * 2 ** Math.min(nth - 1, 20));
  // Instants in the database are whole milliseconds.
  return Math.ceil(Math.max(retryAfter ?? 0, ceiling * (0.5 + random / 2)));
}
