import { day, hour, minute, second, type Duration } from "@/lib/domain/instant";

/**
 * A duration with at most two units: `40 s`, `4 min`, `2 h 5 min`, `3 d 4 h`. Rounded down, so that nothing looks
 * older or longer than it is; a negative duration is `0 s`.
 */
export function formatDuration(duration: Duration): string {
  const length = Math.max(0, duration);
  if (length < minute) return `${Math.floor(length / second)} s`;
  if (length < hour) return `${Math.floor(length / minute)} min`;
  if (length < day) return joinUnits(length, hour, "h", minute, "min");
  return joinUnits(length, day, "d", hour, "h");
}

/** From here on, seconds of a length would only look exact. */
const longEnough = 10 * minute;

/**
 * How long something took that is over, the same in sentences, tables and on axes: with seconds below ten minutes,
 * `1 min 30 s`, and without them from there on, `11 min`, `2 h 15 min`. Rounded down.
 */
export function formatLength(length: Duration): string {
  const seconds = length < minute || length >= longEnough ? 0 : Math.floor((length % minute) / second);
  return seconds === 0 ? formatDuration(length) : `${formatDuration(length)} ${seconds} s`;
}

function joinUnits(length: Duration, large: Duration, largeName: string, small: Duration, smallName: string) {
  const rest = Math.floor((length % large) / small);
  const whole = `${Math.floor(length / large)} ${largeName}`;
  return rest === 0 ? whole : `${whole} ${rest} ${smallName}`;
}
