"use client";

import { useInView } from "@/lib/client/time/use-in-view";
import { useTicking, type ChangesAt } from "@/lib/client/time/use-ticking";
import type { Instant } from "@/lib/domain/instant";
import { formatUntil, untilChangesAt } from "@/lib/presentation/age";

/** The time until a moment: `in 40 s`, and `now` when it has come. */
export function Until({ at }: { at: Instant }) {
  return <TickingText tell={(now) => formatUntil(at, now)} changesAt={(now) => untilChangesAt(at, now)} />;
}

/**
 * A text whose digits tick while it is in view. They are equally wide, so that nothing moves; with other letters or
 * another length it is another text, and not the same one moved.
 */
export function TickingText({ tell, changesAt }: { tell: (now: Instant) => string; changesAt: ChangesAt }) {
  const { ref, isInView } = useInView();
  const text = useTicking(tell, changesAt, isInView);
  return (
    <span key={toShape(text)} ref={ref}>
      {text}
    </span>
  );
}

/** What stays the same of a text while its digits tick. */
export function toShape(text: string): string {
  return text.replace(/\d/g, "0");
}
