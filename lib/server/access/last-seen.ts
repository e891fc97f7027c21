import "server-only";

import { LRUCache } from "lru-cache";

import { minute, second, type Duration } from "@/lib/domain/instant";

/** The precision of "last seen" and "last used". */
export const noteEvery: Duration = minute;
const restAfterFailure: Duration = 10 * second;
const mostKept = 10_000;

/**
 * Records last use in the background: no request waits for it or fails because of it. Each key is written at most once
 * a minute; after a failed write nothing is written for 10 seconds.
 */
export function createLastSeen(tick: () => Duration) {
  const triedAt = new LRUCache<string, Duration>({ max: mostKept });
  let restUntil = Number.NEGATIVE_INFINITY;
  return {
    /** `write` rejects if it could not be written. */
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
