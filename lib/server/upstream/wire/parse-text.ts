import "server-only";

import type { Warning } from "@/lib/domain/warning";

const mostInName = 200;
const mostInMessage = 16 * 1024;

/** A text and what is to be said about it. Control characters stay: who shows a text makes them visible. */
export type ParsedText = { text: string | null; warnings: Warning[] };

/** A short text, cut at 200 characters. Null for anything but a string or a finite number. */
export function parseName(value: unknown): string | null {
  const text = typeof value === "number" && Number.isFinite(value) ? String(value) : value;
  return typeof text === "string" ? text.toWellFormed().slice(0, mostInName) : null;
}

/** An error message, cut at 16,384 characters; an object is read by its `message` or `detail`. Empty means none. */
export function parseMessage(value: unknown, field: string): ParsedText {
  const text = toMessageText(value);
  if (text === null || text === "") return { text: null, warnings: [] };
  if (text.length <= mostInMessage) return { text: text.toWellFormed(), warnings: [] };
  return {
    text: text.slice(0, mostInMessage).toWellFormed(),
    warnings: [{ code: "text_shortened", field, value: `${text.length} characters` }],
  };
}

function toMessageText(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return null;
  const inner = "message" in value ? value.message : "detail" in value ? value.detail : null;
  return typeof inner === "string" ? inner : JSON.stringify(value);
}

/** A value from outside as a warning quotes it. */
export function quote(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.toWellFormed().slice(0, 100);
}
