import "server-only";

import { LRUCache } from "lru-cache";

import { minute, second, type Duration } from "@/lib/domain/instant";
import type { Soon } from "@/lib/server/soon";

/** How long an entry is used without a new lookup. What ends on this server is invalidated at once. */
const usualFresh: Duration = 2 * second;
/** How long the last entry is used while the database is down; nothing can be revoked in it meanwhile. */
const trustedFor: Duration = 15 * minute;
const mostKept = 10_000;

export type LookupCache<T> = ReturnType<typeof createLookupCache<T>>;

/**
 * Caches what the database knows about a secret, so that polling viewers do not each query it, and keep working while
 * it is down. `look` resolves with null for what does not exist. Concurrent lookups of one key share one query. While
 * `isAnswering` is false, a cached entry is returned at once and refreshed in the background.
 */
export function createLookupCache<T>(
  look: (key: string) => Promise<T | null>,
  options: { freshFor?: Duration; isAnswering?: () => boolean } = {},
) {
  const { freshFor = usualFresh, isAnswering = () => true } = options;
  const known = new LRUCache<string, { value: T | null; at: Duration }>({ max: mostKept });
  const underWay = new Map<string, Promise<T | null>>();

  function ask(key: string): Promise<T | null> {
    const shared = underWay.get(key);
    if (shared !== undefined) return shared;
    const askedAt = performance.now();
    const request: Promise<T | null> = look(key).then(
      (value) => {
        if (end()) known.set(key, { value, at: askedAt });
        return value;
      },
      (error: unknown) => {
        end();
        throw error;
      },
    );
    /** False if the key was invalidated while the lookup ran. */
    function end(): boolean {
      return underWay.get(key) === request && underWay.delete(key);
    }
    underWay.set(key, request);
    return request;
  }

  return {
    /** A fresh entry is returned at once. Rejects if the database is down and the cached entry is older than 15 minutes. */
    find: (key: string): Soon<T | null> => {
      const last = known.get(key);
      const age = last === undefined ? Number.POSITIVE_INFINITY : performance.now() - last.at;
      if (last === undefined || age > trustedFor) return ask(key);
      if (age < freshFor) return last.value;
      if (!isAnswering()) {
        ask(key).catch(() => undefined);
        return last.value;
      }
      return ask(key).catch((error: unknown) => {
        if (known.get(key) !== last) throw error;
        return last.value;
      });
    },
    invalidate: (key: string): void => {
      known.delete(key);
      underWay.delete(key);
    },
    invalidateAll: (): void => {
      known.clear();
      underWay.clear();
    },
  };
}
