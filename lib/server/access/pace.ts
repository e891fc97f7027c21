import "server-only";

import { LRUCache } from "lru-cache";

import { second, type Duration } from "@/lib/domain/instant";

import type { Principal } from "./principal";

/** So many requests within so long are heard of one visitor: twenty a second, where a page asks once in seconds. */
export const mostWithin = 200;
const window: Duration = 10 * second;
const mostKept = 10_000;

/**
 * Counts what each visitor asks, so that one of them, or whoever holds a guest link, cannot keep the others from
 * being answered. Nobody is turned away before costing anything, and where access is open visitors are not told
 * apart: neither is counted. Each instance counts for itself.
 */
export function createPace(now: () => Duration) {
  const counts = new LRUCache<string, { from: Duration; heard: number }>({ max: mostKept });
  return {
    /** How long until this visitor is heard again; null: now. */
    note: (principal: Principal): Duration | null => {
      const key = toKey(principal);
      if (key === null) return null;
      const at = now();
      const known = counts.get(key);
      const count = known === undefined || at - known.from >= window ? { from: at, heard: 0 } : known;
      count.heard += 1;
      counts.set(key, count);
      return count.heard > mostWithin ? count.from + window - at : null;
    },
  };
}

function toKey(principal: Principal): string | null {
  switch (principal.kind) {
    case "nobody":
      return null;
    case "person":
      return principal.sessionId === null ? null : `session ${principal.sessionId}`;
    case "guest":
      return `link ${principal.linkId}`;
    case "screen":
      return `screen ${principal.screenId}`;
  }
}
