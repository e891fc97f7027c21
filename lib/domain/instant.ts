/** Milliseconds since the Unix epoch, UTC. */
export type Instant = number;

/** A length of time in milliseconds. */
export type Duration = number;

export const second: Duration = 1_000;
export const minute: Duration = 60 * second;
export const hour: Duration = 60 * minute;
export const day: Duration = 24 * hour;

/** A length, or an instant, rounded down to whole steps. */
export function stepDown(value: Duration, step: Duration): Duration {
  return Math.floor(value / step) * step;
}

/** The first whole step after an instant. */
export function stepUp(value: Instant, step: Duration): Instant {
  return stepDown(value, step) + step;
}
