import {
  day,
  hour,
  minute,
  second,
  stepDown,
  stepUp,
  type Duration,
  type Instant,
} from "@/lib/domain/instant";

import { formatDuration } from "./duration";

/** Up to here seconds are counted one by one, and from here on in tens. */
const few = 10 * second;
/** From here on, an age advances with the clock's minutes, so that all ages of a page advance together. */
const old = 10 * minute;

/**
 * The time since a moment, at a pace that people read: `7 s`, `40 s`, `4 min`, `2 h 5 min`. Rounded down, so that
 * nothing looks older than it is, and never by a minute more than `formatDuration` does.
 */
export function formatAge(since: Instant, now: Instant): string {
  return formatDuration(toShownAge(since, now));
}

/** The first instant after `now` at which `formatAge` returns another text. */
export function ageChangesAt(since: Instant, now: Instant): Instant {
  const shown = toShownAge(since, now);
  const step = shown < few ? second : shown < minute ? few : shown < day ? minute : hour;
  const next = since + stepUp(shown, step);
  return next - since <= old ? next : Math.ceil(next / minute) * minute;
}

function toShownAge(since: Instant, now: Instant): Duration {
  const age = Math.max(0, now - since);
  if (age < few) return age;
  if (age < minute) return stepDown(age, few);
  return age < old ? age : Math.max(old, stepDown(now, minute) - since);
}

/**
 * The time until a moment, at the same pace: `in 4 min`, `in 40 s` to the nearest ten, `in 7 s`, and `now` from the last
 * second on.
 */
export function formatUntil(at: Instant, now: Instant): string {
  const left = at - now;
  if (left < second) return "now";
  return `in ${formatDuration(left <= few || left >= minute ? left : Math.round(left / few) * few)}`;
}

/** The first instant after `now` at which `formatUntil` returns another text; Infinity if it never does. */
export function untilChangesAt(at: Instant, now: Instant): Instant {
  const left = at - now;
  if (left < second) return Infinity;
  return at - leastAlike(left) + 1;
}

/** The least time left that is written like this one. */
function leastAlike(left: Duration): Duration {
  if (left <= few) return stepDown(left, second);
  const least = left < minute ? minute : stepDown(left, left < day ? minute : hour);
  if (least > minute) return least;
  return Math.max(few, Math.round(Math.min(left, minute) / few) * few - few / 2);
}
