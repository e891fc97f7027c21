import type { Instant } from "@/lib/domain/instant";

import { formatDuration, formatUntil } from "./duration";

/**
 * A part of a sentence: plain text, a moment (`at`), the time since a moment (`4 min`) or until one (`in 40 s`), both
 * ticking on a page, or a quote from the API.
 */
export type Part = string | { at: Instant } | { since: Instant } | { until: Instant } | { quote: string };

export type Sentence = readonly Part[];

/** The sentence as plain text, given how to write a moment. */
export function sentenceText(
  sentence: Sentence,
  write: { now: Instant; moment: (at: Instant) => string; quote?: (text: string) => string },
): string {
  return sentence
    .map((part) => {
      if (typeof part === "string") return part;
      if ("at" in part) return write.moment(part.at);
      if ("since" in part) return formatDuration(write.now - part.since);
      if ("until" in part) return formatUntil(part.until - write.now);
      return `“${write.quote?.(part.quote) ?? part.quote}”`;
    })
    .join("");
}

/** Joins neighboring texts, so that a sentence has as few parts as possible. */
export function tidy(parts: Sentence): Sentence {
  return parts.reduce<Part[]>((tidied, part) => {
    const last = tidied.at(-1);
    if (typeof part !== "string" || typeof last !== "string") return [...tidied, part];
    return [...tidied.slice(0, -1), last + part];
  }, []);
}
