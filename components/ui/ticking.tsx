"use client";

import { useTicking } from "@/lib/client/time/use-ticking";
import type { Instant } from "@/lib/domain/instant";
import { formatUntil } from "@/lib/presentation/duration";

/** The time until a moment: `in 40 s`, and `now` when it has come. */
export function Until({ at }: { at: Instant }) {
  return <TickingText text={useTicking((now) => formatUntil(at - now))} />;
}

/**
 * A text whose digits tick. They are equally wide, so that nothing moves; with other letters or another length it is
 * another text, and not the same one moved.
 */
export function TickingText({ text }: { text: string }) {
  return <span key={text.replace(/\d/g, "0")}>{text}</span>;
}
