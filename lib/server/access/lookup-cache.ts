import "server-only";

import { LRUCache } from "lru-cache";

import { minute, second, type Duration } from "@/lib/domain/instant";

/** How long an answer is used without asking again. What ends on this server is forgotten at once. */
const usualFresh: Duration = 2 * second;
/** While the database cannot be asked nothing can end in it either: the last answer holds for this time. */
const trustedFor: Duration = 15 * minute;
const mostKept = 10_000;

export type LookupCache<T> = ReturnType<typeof createLookupCache<T>>;

/**
 * Remembers what the database said of a secret, so that viewers who poll do not each ask it every time, and so that
 * they go on while it is away. `look` resolves with null for what does not exist. While `isAnswering` is false a
 * remembered answer is given at once and renewed in the background; otherwise one question is shared by all who ask.
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
    /** Whether the answer still counts: nothing was forgotten meanwhile. */
    function end(): boolean {
      return underWay.get(key) === request && underWay.delete(key);
    }
    underWay.set(key, request);
    return request;
  }

  return {
    /** Rejects while the database cannot be asked and what it said last is older than 15 minutes. */
    find: async (key: string): Promise<T | null> => {
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
