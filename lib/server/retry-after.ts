import "server-only";

import { minute, second, type Duration, type Instant } from "@/lib/domain/instant";

const shortest: Duration = second;
const longest: Duration = 15 * minute;

/**
 * Parses a Retry-After header, seconds or an HTTP date, into milliseconds from `now`, between 1 s and 15 min. Null if it
 * is absent or invalid.
 */
export function parseRetryAfter(header: string | null, now: Instant): Duration | null {
  if (header === null) return null;
  const text = header.trim();
  const wait = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) * second : parseHttpDate(text) - now;
  return Number.isNaN(wait) ? null : Math.min(longest, Math.max(shortest, wait));
}

/**
 * Requires the day's name, because Date.parse accepts far more than HTTP dates. The oldest of the three formats has no
 * zone and means GMT (RFC 9110, 5.6.7), where Date.parse would assume the local zone.
 */
function parseHttpDate(text: string): Instant {
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /.test(text)) return Number.NaN;
  return Date.parse(/ (GMT|UTC|[+-]\d{4})$/.test(text) ? text : `${text} GMT`);
}
