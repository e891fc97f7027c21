import "server-only";

import { LRUCache } from "lru-cache";

import { minute, second, type Duration } from "@/lib/domain/instant";

/** How long an answer is taken for true without asking again; what is ended here is forgotten at once. */
const freshFor: Duration = 2 * second;
/** While the database cannot be asked nothing can be ended in it either: so long the last answer holds. */
const trustedFor: Duration = 15 * minute;
const mostKept = 10_000;

export type Recall<T> = ReturnType<typeof createRecall<T>>;

/**
 * Remembers for a moment what the database said of a secret, so that viewers who poll do not each ask it every
 * time. `look` resolves with null for what there is not.
 */
export function createRecall<T>(look: (key: string) => Promise<T | null>) {
  const cache = new LRUCache<string, { value: T | null; at: Duration }>({
    max: mostKept,
    ttl: freshFor,
    ttlResolution: 0,
    perf: { now: () => performance.now() },
    fetchMethod: async (key) => ({ value: await look(key), at: performance.now() }),
    allowStaleOnFetchRejection: true,
    noDeleteOnFetchRejection: true,
    noDeleteOnStaleGet: true,
  });
  return {
    /** Rejects while the database cannot be asked and what it said last is too old. */
    find: async (key: string): Promise<T | null> => {
      const known = await cache.fetch(key);
      if (known === undefined || performance.now() - known.at > trustedFor) return look(key);
      return known.value;
    },
    forget: (key: string): void => {
      cache.delete(key);
    },
    forgetAll: (): void => cache.clear(),
  };
}
