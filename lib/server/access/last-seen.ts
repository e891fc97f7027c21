import "server-only";

import { LRUCache } from "lru-cache";

import { minute, second, type Duration } from "@/lib/domain/instant";

/** How exact "last seen" and "last used" are. */
export const noteEvery: Duration = minute;
const restAfterFailure: Duration = 10 * second;
const mostKept = 10_000;

/**
 * Notes in the background that somebody was seen: nobody's request waits for it or fails with it. Each is noted at
 * most once a minute, and nothing for 10 seconds after a note that could not be written.
 */
export function createLastSeen(tick: () => Duration) {
  const triedAt = new LRUCache<string, Duration>({ max: mostKept });
  let restUntil = Number.NEGATIVE_INFINITY;
  return {
    /** `key` names who was seen; `write` rejects when it could not be written. */
    note: (key: string, write: () => Promise<void>): void => {
      const now = tick();
      if (now < restUntil || now - (triedAt.get(key) ?? Number.NEGATIVE_INFINITY) < noteEvery) return;
      triedAt.set(key, now);
      write().catch(() => {
        triedAt.delete(key);
        restUntil = tick() + restAfterFailure;
      });
    },
  };
}
