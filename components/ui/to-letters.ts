import type { CSSProperties } from "react";

import { sentenceText, type Sentence } from "@/lib/presentation/sentence-text";

/** The length of a sentence, from which the style sheet takes its size. */
export function toLetters(sentence: Sentence): CSSProperties {
  const { length } = sentenceText(sentence, { now: 0, moment: () => "00:00" });
  return Object.fromEntries([["--letters", length]]);
}
