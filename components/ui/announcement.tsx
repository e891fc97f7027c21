"use client";

import { useEffect, useState } from "react";

import { serverNow } from "@/lib/client/time/server-clock";
import { writeLocal } from "@/lib/client/time/write-moment";
import { second, type Duration } from "@/lib/domain/instant";
import { isDue, toAnnounced, type Announceable } from "@/lib/presentation/announcement";
import { sentenceText, type Sentence } from "@/lib/presentation/sentence-text";
import { toVisibleText } from "@/lib/presentation/visible-text";

/** Then it is empty again: people who read the page later find no former number in it. */
const clearAfter: Duration = 5 * second;

/**
 * Announces a page's sentences to screen readers when what they are about changes. Not initially, because the page
 * shows them already. Keep it mounted: screen readers announce what changes in a region, not a region that appears.
 */
export function Announcement({ about, sentences }: { about: Announceable; sentences: readonly Sentence[] }) {
  const [{ last, words }, setAnnounced] = useState(() => ({
    last: { ...about, at: serverNow() },
    words: "",
  }));
  const now = serverNow();
  if (isDue(last, about, now))
    setAnnounced({ last: toAnnounced(last, about, now), words: toWords(sentences) });
  useEffect(() => {
    if (words === "") return;
    const timer = setTimeout(() => setAnnounced(({ last: kept }) => ({ last: kept, words: "" })), clearAfter);
    return () => clearTimeout(timer);
  }, [words]);
  return (
    <p aria-live="polite" className="sr-only">
      {words}
    </p>
  );
}

function toWords(sentences: readonly Sentence[]): string {
  const now = serverNow();
  const moment = (at: number) => writeLocal(at, now, "short");
  return sentences.map((sentence) => sentenceText(sentence, { now, moment, quote: toVisibleText })).join(" ");
}
