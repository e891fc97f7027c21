import "server-only";

import { type Instant, minute, second } from "@/lib/domain/instant";
import type { Warning } from "@/lib/domain/warning";

import { pickAll, toObject } from "./fields";

const mostInName = 200;
const mostInMessage = 16 * 1024;

/** Control characters are kept: the component that shows a text makes them visible. */
type ParsedText = { text: string | null; warnings: Warning[] };

/** A string or a finite number as text, cut at 200 characters; null for anything else. */
export function parseName(value: unknown): string | null {
  const text = typeof value === "number" && Number.isFinite(value) ? String(value) : value;
  return typeof text === "string" ? shorten(text, mostInName) : null;
}

/** The first `most` UTF-16 units of a text. A lone surrogate, sent that way or left by the cut, becomes U+FFFD. */
export function shorten(text: string, most: number): string {
  return text.slice(0, most).toWellFormed();
}

/**
 * The first value that holds an error message, cut at 16,384 characters. For an object, its `message` or `detail` is
 * used.
 */
export function parseMessage(values: readonly unknown[], field: string): ParsedText {
  const text = values.map(toMessageText).find((message) => message !== null && message !== "") ?? null;
  if (text === null) return { text, warnings: [] };
  return {
    text: shorten(text, mostInMessage),
    warnings:
      text.length <= mostInMessage
        ? []
        : [{ code: "text_shortened", field, value: `${text.length} characters` }],
  };
}

function toMessageText(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value === "number") return value === 0 ? null : String(value);
  if (typeof value !== "object" || value === null || Object.keys(value).length === 0) return null;
  const candidates = pickAll(toObject(value) ?? new Map<string, unknown>(), ["message", "detail"]);
  const inner = candidates.find((text) => text !== "");
  return typeof inner === "string" ? inner : toJson(value);
}

/** An untrusted value as a warning shows it: at most 100 characters. */
export function quote(value: unknown): string {
  const text = typeof value === "string" ? value : typeof value === "number" ? String(value) : toJson(value);
  return shorten(text, 100);
}

/** JSON.parse reads any depth, but JSON.stringify overflows the stack on deep values. */
function toJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "nested too deep to show";
  }
}

/** A count as reported, from a number or an integer string, with a warning if it is odd. Absent is null, never 0. */
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

/** As seconds, larger numbers would lie past the year 5000: they are taken as milliseconds. */
const leastMilliseconds = 1e11;
/** The end of the year 9999: ISO 8601, which the API uses for instants, has four digits for the year. */
const mostMilliseconds = 253_402_300_799_999;
const clockTolerance = 5 * minute;

/** Unix seconds (source: the public API reference) as an instant. Warns about milliseconds and about the future. */
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
