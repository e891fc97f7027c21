import type { Instant } from "@/lib/domain/instant";

import { ageChangesAt, formatAge, formatUntil, untilChangesAt } from "./age";

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
      if ("since" in part) return formatAge(part.since, write.now);
      if ("until" in part) return formatUntil(part.until, write.now);
      return `“${write.quote?.(part.quote) ?? part.quote}”`;
    })
    .join("");
}

/** The first instant after `now` at which the sentence has another text; Infinity if it never has. */
export function sentenceChangesAt(sentence: Sentence, now: Instant): Instant {
  return sentence.reduce((soonest, part) => Math.min(soonest, partChangesAt(part, now)), Infinity);
}

function partChangesAt(part: Part, now: Instant): Instant {
  if (typeof part === "string") return Infinity;
  if ("since" in part) return ageChangesAt(part.since, now);
  return "until" in part ? untilChangesAt(part.until, now) : Infinity;
}

/** Joins neighboring texts, so that a sentence has as few parts as possible. */
export function tidy(parts: Sentence): Sentence {
  return parts.reduce<Part[]>((tidied, part) => {
    const last = tidied.at(-1);
    if (typeof part !== "string" || typeof last !== "string") return [...tidied, part];
    return [...tidied.slice(0, -1), last + part];
  }, []);
}
