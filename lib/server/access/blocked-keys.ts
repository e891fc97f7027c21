import "server-only";

import { LRUCache } from "lru-cache";

import { second, type Duration, type Instant } from "@/lib/domain/instant";

/** How long a remembered limit is used: a limit that another process lifts takes effect within this time. */
const trustedFor: Duration = second;
const mostKept = 10_000;

export type BlockedKeys = ReturnType<typeof createBlockedKeys>;

/**
 * Caches which limits the database reported as reached, so that a flood of attempts costs one query per key and second.
 * Beyond 10,000 keys the least recently used is read from the database again.
 */
export function createBlockedKeys() {
  const known = new LRUCache<string, { askedAt: Instant; nextAt: Instant }>({ max: mostKept });
  return {
    /** Records that the database said at `askedAt` that the next attempt is allowed at `nextAt`. */
    note: (key: string, nextAt: Instant, askedAt: Instant): void => {
      known.set(key, { askedAt, nextAt });
    },
    /** When the next attempt under these keys is allowed; null: ask the database. */
    find: (keys: readonly string[], now: Instant): Instant | null => {
      for (const key of keys) {
        const last = known.get(key);
        if (last !== undefined && isTrusted(last.askedAt, now) && now < last.nextAt) return last.nextAt;
      }
      return null;
    },
  };
}

/** If the clock was set back, `askedAt` lies in the future: do not trust the entry then. */
function isTrusted(askedAt: Instant, now: Instant): boolean {
  return now >= askedAt && now - askedAt < trustedFor;
}
