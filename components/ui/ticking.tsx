"use client";

import { useTicking } from "@/lib/client/time/use-ticking";
import { formatDuration } from "@/lib/domain/duration";
import type { Instant } from "@/lib/domain/instant";

/** The time gone by since a moment: `4 min`. */
export function Since({ at }: { at: Instant }) {
  return useTicking((now) => formatDuration(now - at));
}

/** The time left until a moment: `40 s`. */
export function Until({ at }: { at: Instant }) {
  return useTicking((now) => formatDuration(at - now));
}
