"use client";

import { useTicking } from "@/lib/client/time/use-ticking";
import type { Instant } from "@/lib/domain/instant";
import { formatDuration, formatUntil } from "@/lib/presentation/duration";

/** The time since a moment: `4 min`. */
export function Since({ at }: { at: Instant }) {
  const duration = useTicking((now) => formatDuration(now - at));
  // With another length it is another text: nothing moved.
  return <span key={duration.length}>{duration}</span>;
}

/** The time until a moment: `in 40 s`, and `now` when it has come. */
export function Until({ at }: { at: Instant }) {
  return <span>{useTicking((now) => formatUntil(at - now))}</span>;
}
