import "server-only";

import { LRUCache } from "lru-cache";

import { second, type Duration } from "@/lib/domain/instant";

import type { Principal } from "./principal";

/** Requests that one visitor may make in 10 seconds: twenty a second, where a page asks once in seconds. */
export const mostWithin = 200;
/** The same of one address (an IPv6 /64), behind which a whole office may be: of the API, and of pages and pictures. */
export const mostOfAddress = { api: 2_000, pages: 600 } as const;
const window: Duration = 10 * second;
const mostKept = 10_000;

/**
 * Counts what each visitor asks, so that one of them, or whoever holds a guest link, cannot keep the others from
 * being answered. Whoever is not told apart (strangers, and everybody where access is open) is counted by address,
 * where that is known. Each instance counts for itself; past 10,000 visitors the one seen longest ago is forgotten.
 */
export function createRateLimit(now: () => Duration) {
  const counts = new LRUCache<string, { from: Duration; count: number }>({ max: mostKept });

  function count(key: string, most: number): Duration | null {
    const at = now();
    const known = counts.get(key);
    const current = known === undefined || at - known.from >= window ? { from: at, count: 0 } : known;
    current.count += 1;
    counts.set(key, current);
    return current.count > most ? current.from + window - at : null;
  }

  return {
    /** How long until this visitor is heard again; null: now. `address` is where they are, null where not known. */
    note: (principal: Principal, address: string | null): Duration | null => {
      const key = toKey(principal);
      if (key !== null) return count(key, mostWithin);
      return address === null ? null : count(`api of ${address}`, mostOfAddress.api);
    },
    /**
     * The same of a page or a picture, before anybody looks who asks: by what they show (a cookie or a guest link's
     * token), and by address, so that showing something else each time helps nobody.
     */
    notePage: (shown: string | null, address: string | null): Duration | null => {
      const ofShown = shown === null ? null : count(`page for ${shown}`, mostWithin);
      const ofAddress = address === null ? null : count(`pages of ${address}`, mostOfAddress.pages);
      return ofShown ?? ofAddress;
    },
  };
}

function toKey(principal: Principal): string | null {
  switch (principal.kind) {
    case "anonymous":
      return null;
    case "person":
      return principal.sessionId === null ? null : `session ${principal.sessionId}`;
    case "guest":
      return `link ${principal.linkId}`;
    case "screen":
      return `screen ${principal.screenId}`;
  }
}
