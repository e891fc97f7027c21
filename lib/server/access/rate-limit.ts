import "server-only";

import { LRUCache } from "lru-cache";

import { second, type Duration } from "@/lib/domain/instant";

import type { Principal } from "./principal";

/** Requests that one client may make in 10 seconds: 20 per second, while a page asks every few seconds. */
export const mostWithin = 200;
/** Requests through one guest link in 10 seconds, from all addresses together. */
export const mostOfLink = 1_000;
/** Requests from one address (an IPv6 /64), which a whole office may share: to the API, and for pages and pictures. */
export const mostOfAddress = { api: 2_000, pages: 600 } as const;
const window: Duration = 10 * second;
const mostKept = 10_000;

/** What a page request identifies itself with, hashed: a guest link, or the cookie of one browser. */
export type PageKey = { kind: "link" | "cookie"; hash: string };

/**
 * Limits requests per client, so that one client cannot slow down the others. Sessions and screens count one by one.
 * The people who hold a guest link count by address where it is known, so that one of them cannot use up the link for
 * the others, with a wider limit for the link as a whole. Anonymous requests, and all requests under open access, count by address where
 * it is known. Each instance counts for itself; beyond 10,000 keys the least recently used is dropped.
 */
export function createRateLimit(now: () => Duration) {
  const counts = new LRUCache<string, { from: Duration; count: number }>({ max: mostKept });

  function count(key: string, most: number): Duration | null {
    const at = now();
    const known = counts.get(key);
    const isOver = known === undefined || at - known.from >= window;
    const current = isOver ? { from: at, count: 0 } : known;
    if (isOver) counts.set(key, current);
    current.count += 1;
    return current.count > most ? current.from + window - at : null;
  }

  function countLink(key: string, address: string | null): Duration | null {
    // Holders whose addresses are unknown share the limit of one.
    if (address === null) return count(key, mostWithin);
    // What its own limit rejects must not count against the other holders of the link.
    return count(`${key} from ${address}`, mostWithin) ?? count(key, mostOfLink);
  }

  return {
    /** Milliseconds until this client may ask the API again; null: now. `address` is null where it is unknown. */
    note: (principal: Principal, address: string | null): Duration | null => {
      if (principal.kind === "guest") return countLink(`link ${principal.linkId}`, address);
      const key = toKey(principal);
      if (key !== null) return count(key, mostWithin);
      return address === null ? null : count(`api of ${address}`, mostOfAddress.api);
    },
    /**
     * The same for a page or a picture, before its cookie or token is checked: by that, and by address, so that
     * inventing a new token for each request does not help.
     */
    notePage: (shown: PageKey | null, address: string | null): Duration | null => {
      const ofAddress = address === null ? null : count(`pages of ${address}`, mostOfAddress.pages);
      if (ofAddress !== null || shown === null) return ofAddress;
      const key = `page for ${shown.hash}`;
      return shown.kind === "link" ? countLink(key, address) : count(key, mostWithin);
    },
  };
}

function toKey(principal: Exclude<Principal, { kind: "guest" }>): string | null {
  switch (principal.kind) {
    case "anonymous":
      return null;
    case "person":
      return principal.sessionId === null ? null : `session ${principal.sessionId}`;
    case "token":
      return `token ${principal.tokenId}`;
    case "screen":
      return `screen ${principal.screenId}`;
  }
}
