import "server-only";

import { minute, second, type Duration, type Instant } from "@/lib/domain/instant";

const shortest: Duration = second;
const longest: Duration = 15 * minute;

/**
 * Reads a Retry-After header, seconds or an HTTP date relative to `now`, as milliseconds between
 * 1 s and 15 min. Null when it is absent or says nothing that can be read.
 */
export function parseRetryAfter(header: string | null, now: Instant): Duration | null {
  if (header === null) return null;
  const text = header.trim();
  const wait = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) * second : parseHttpDate(text) - now;
  return Number.isNaN(wait) ? null : Math.min(longest, Math.max(shortest, wait));
}

/**
 * HTTP dates begin with the day's name; Date.parse alone would read far more than that. The oldest of
 * the three forms names no zone and means GMT (RFC 9110, 5.6.7), where Date.parse takes ours.
 */
function parseHttpDate(text: string): Instant {
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /.test(text)) return Number.NaN;
  return Date.parse(/ (GMT|UTC|[+-]\d{4})$/.test(text) ? text : `${text} GMT`);
}
