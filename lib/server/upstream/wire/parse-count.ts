import "server-only";

import type { Warning } from "@/lib/domain/warning";

import { quote } from "./parse-text";

/** A count as reported (integer strings are read), with a warning where it is odd. Absent is null, never 0. */
export function parseCount(value: unknown, field: string): { count: number | null; warnings: Warning[] } {
  if (value === null || value === undefined) return { count: null, warnings: [] };
  const count = typeof value === "string" && /^\s*[+-]?\d{1,15}\s*$/.test(value) ? Number(value) : value;
  if (typeof count !== "number" || !Number.isFinite(count)) {
    return { count: null, warnings: [{ code: "unreadable_count", field, value: quote(value) }] };
  }
  if (count < 0) return { count, warnings: [{ code: "negative_count", field, value: quote(count) }] };
  if (!Number.isInteger(count))
    return { count, warnings: [{ code: "fractional_count", field, value: quote(count) }] };
  return { count: count + 0, warnings: [] };
}
