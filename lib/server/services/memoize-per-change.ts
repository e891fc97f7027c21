import "server-only";

import { LRUCache } from "lru-cache";

import { minute } from "@/lib/domain/instant";
import type { Context } from "@/lib/server/context";
import type { EndpointState } from "@/lib/server/state/endpoint-state";

/**
 * Keeps what was read from history about an endpoint until something is recorded there: a poll without news asks the
 * database nothing. Concurrent callers share one reading. Kept for a minute at most, because another instance may prune
 * rows, and for `most` readings in all. What failed, or is not `isLasting`, is not kept, nor what was read while history
 * could not be written and lacked what the endpoint's state already shows.
 */
export function createMemoPerChange<T>(most: number, isLasting: (read: T) => boolean = () => true) {
  const ofHistory = new WeakMap<Context["history"], LRUCache<string, Promise<T>>>();
  return (
    { history, election }: Pick<Context, "history" | "election">,
    { endpointId, changeRevision }: Pick<EndpointState, "endpointId" | "changeRevision">,
    { name, read }: { name: string; read: () => Promise<T> },
  ): Promise<T> => {
    if (election.outage() !== null) return read();
    const readings = ofHistory.get(history) ?? new LRUCache({ max: most, ttl: minute });
    ofHistory.set(history, readings);
    const key = JSON.stringify([endpointId, changeRevision, name]);
    const known = readings.get(key);
    if (known !== undefined) return known;
    const reading = read();
    readings.set(key, reading);
    const invalidate = () => readings.delete(key);
    reading.then((value) => isLasting(value) || invalidate(), invalidate);
    return reading;
  };
}
