import "server-only";

import type { Warning } from "@/lib/domain/warning";

import { pickAll, toObject } from "./fields";

const mostInName = 200;
const mostInMessage = 16 * 1024;

/** A text and what is to be said about it. Control characters stay: who shows a text makes them visible. */
export type ParsedText = { text: string | null; warnings: Warning[] };

/** A short text, cut at 200 characters. Null for anything but a string or a finite number. */
export function parseName(value: unknown): string | null {
  const text = typeof value === "number" && Number.isFinite(value) ? String(value) : value;
  return typeof text === "string" ? shorten(text, mostInName) : null;
}

/** The beginning of a text. Half a character, sent so or left by the cut, becomes U+FFFD. */
export function shorten(text: string, most: number): string {
  return text.slice(0, most).toWellFormed();
}

/**
 * An error message, cut at 16,384 characters: the first of the values that says something. An object is
 * read by its `message` or `detail`.
 */
export function parseMessage(values: readonly unknown[], field: string): ParsedText {
  const text = values.map(toMessageText).find((told) => told !== null && told !== "") ?? null;
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
  const told = pickAll(toObject(value) ?? new Map<string, unknown>(), ["message", "detail"]);
  const inner = told.find((text) => text !== "");
  return typeof inner === "string" ? inner : toJson(value);
}

/** A value from outside as a warning quotes it. */
export function quote(value: unknown): string {
  const text = typeof value === "string" ? value : typeof value === "number" ? String(value) : toJson(value);
  return shorten(text, 100);
}

/** JSON.parse reads any depth, but JSON.stringify writes only what the stack holds. */
function toJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "nested too deep to show";
  }
}
