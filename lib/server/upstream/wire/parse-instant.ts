import "server-only";

import { minute, second, type Instant } from "@/lib/domain/instant";
import type { Warning } from "@/lib/domain/warning";

import { quote } from "./parse-text";

/** Seconds beyond this lie past the year 5000: such a number is milliseconds. */
const leastMilliseconds = 1e11;
/** The end of the year 9999: ISO-8601, as instants cross HTTP, has four digits for the year. */
const mostMilliseconds = 253_402_300_799_999;
const clockTolerance = 5 * minute;

/** Unix seconds (source: public reference) as an instant. Milliseconds are recognized, the future is told. */
export function parseInstant(
  value: unknown,
  field: string,
  now: Instant,
): { instant: Instant | null; warnings: Warning[] } {
  if (value === null || value === undefined) return { instant: null, warnings: [] };
  const number = typeof value === "string" && /^\d{1,16}$/.test(value) ? Number(value) : value;
  if (typeof number !== "number" || !(number >= 0 && number <= mostMilliseconds)) {
    return { instant: null, warnings: [{ code: "unreadable_instant", field, value: quote(value) }] };
  }
  const isMilliseconds = number >= leastMilliseconds;
  const instant = Math.round(isMilliseconds ? number : number * second);
  const warnings: Warning[] = [];
  if (isMilliseconds) warnings.push({ code: "created_in_milliseconds", field, value: quote(value) });
  if (instant > now + clockTolerance) {
    warnings.push({ code: "created_in_future", field, value: new Date(instant).toISOString() });
  }
  return { instant, warnings };
}
