"use client";

import { useState } from "react";

import { clockNow } from "@/lib/client/time/ticking-clock";
import { writeLocal } from "@/lib/client/time/write-moment";
import { sentenceText, type Sentence } from "@/lib/presentation/sentence-text";
import { toVisibleText } from "@/lib/presentation/visible-text";

/**
 * Announces sentences to screen readers when they change: not initially, because the page shows them already, and not
 * when only durations tick.
 */
export function Announcement({ sentences }: { sentences: readonly Sentence[] }) {
  const display = JSON.stringify(sentences, withoutDurations);
  const [said, setSaid] = useState({ display, words: "" });
  if (said.display !== display) setSaid({ display, words: toWords(sentences) });
  return (
    <p aria-live="polite" className="sr-only">
      {said.words}
    </p>
  );
}

/** The start of a duration moves with every poll, so a different start is not a change. */
function withoutDurations(key: string, value: unknown): unknown {
  return key === "since" || key === "until" ? null : value;
}

function toWords(sentences: readonly Sentence[]): string {
  const now = clockNow();
  const moment = (at: number) => writeLocal(at, now, "short");
  return sentences.map((sentence) => sentenceText(sentence, { now, moment, quote: toVisibleText })).join(" ");
}
