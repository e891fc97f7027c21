import { clsx } from "clsx";
import { Children, type ReactNode } from "react";

import type { Sentence } from "@/lib/presentation/sentence-text";

import { SentenceText } from "./sentence-text";

/**
 * The sentence that heads a page, and quiet lines about it. The lines that the longest text takes keep their place, so
 * that nothing below moves. `children` stand directly below the sentence.
 */
export function HeadlineText({
  word,
  sentence,
  details,
  children,
}: {
  /** The state that the texts are about. With another one, they are other texts and not the same ones moved. */
  word: string;
  sentence: Sentence;
  details: readonly Sentence[];
  children?: ReactNode;
}) {
  const hasMore = Children.toArray(children).length > 0;
  const isTicking = sentence.some((part) => typeof part === "object" && ("since" in part || "until" in part));
  return (
    <div className={clsx(!hasMore && "min-h-[9.75rem] sm:min-h-[8rem] lg:min-h-[5.75rem]")}>
      <h1
        key={word}
        className={clsx(
          "text-[1.75rem] leading-[1.15] font-medium tracking-[-0.022em] text-balance sm:text-[2rem]",
          // On a phone a text that ticks goes to and fro between two lines and three.
          isTicking && !hasMore ? "max-sm:min-h-[3lh]" : "max-sm:min-h-[2lh]",
        )}
      >
        <SentenceText sentence={sentence} />
      </h1>
      {children}
      <div
        key={`${word} details`}
        className={clsx(
          "max-w-[60rem] text-caption text-pretty text-quiet sm:text-body",
          // Clear of what stands above and below, and as high where there are no details.
          hasMore ? "mt-2 mb-3 min-h-[3lh] sm:min-h-[2lh]" : "mt-1",
        )}
      >
        {details.map((detail, index) => (
          <p key={JSON.stringify([index, detail])} className="min-h-[1lh]">
            <SentenceText sentence={detail} />
          </p>
        ))}
      </div>
    </div>
  );
}
