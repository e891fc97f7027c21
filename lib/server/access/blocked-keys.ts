import "server-only";

import { LRUCache } from "lru-cache";

import { second, type Duration, type Instant } from "@/lib/domain/instant";

/** How long an instance trusts its memory: a limit that another process lifts takes effect within this time. */
const trustedFor: Duration = second;
const mostKept = 10_000;

export type BlockedKeys = ReturnType<typeof createBlockedKeys>;

/**
 * Remembers which limits the database reported as reached, so that a storm of tries costs one question per key and
 * second. It refuses only what the database refused. Past 10,000 keys the one used longest ago is asked for again.
 */
export function createBlockedKeys() {
  const known = new LRUCache<string, { askedAt: Instant; nextAt: Instant }>({ max: mostKept });
  return {
    /** The database reported at `askedAt` that the next try under this key is possible at `nextAt`. */
    note: (key: string, nextAt: Instant, askedAt: Instant): void => {
      known.set(key, { askedAt, nextAt });
    },
    /** When the next try is possible under these keys; null: that is for the database to say. */
    find: (keys: readonly string[], now: Instant): Instant | null => {
      for (const key of keys) {
        const last = known.get(key);
        if (last !== undefined && isTrusted(last.askedAt, now) && now < last.nextAt) return last.nextAt;
      }
      return null;
    },
  };
}

/** A clock that was set back makes an answer look as if it came from the future: it is not trusted either. */
function isTrusted(askedAt: Instant, now: Instant): boolean {
  return now >= askedAt && now - askedAt < trustedFor;
}
