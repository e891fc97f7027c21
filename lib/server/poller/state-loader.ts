import "server-only";

import type { Duration } from "@/lib/domain/instant";
import type { HistoryStore } from "@/lib/server/db/store";

import type { Clock } from "@/lib/server/clock";
import type { EndpointState } from "@/lib/server/state/endpoint-state";
import { loadEndpointStates, type Past } from "./load-endpoint-state";

export type StateLoader = ReturnType<typeof createStateLoader>;

/**
 * Loads endpoint states from history, for all organizations of one leader. One load runs at a time, so that a large
 * fleet takes one database connection and leaves the others to viewers. `interval` is in milliseconds.
 */
export function createStateLoader(parts: {
  history: Past & Pick<HistoryStore, "readEndpointOwners">;
  interval: Duration;
  clock: Clock;
}) {
  const { history, interval, clock } = parts;
  /** The organization of every endpoint in history: null if no reply named one. */
  const owners = new Map<string, string | null>();
  let turn: Promise<unknown> = Promise.resolve();
  let hasRead = false;
  let failure: Error | null = null;

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  return {
    /** Reads which endpoints are in history. Rejects when it cannot be read. */
    readOwners: async (): Promise<void> => {
      for (const { endpointId, org } of await history.readEndpointOwners()) owners.set(endpointId, org);
    },
    /** Every endpoint that may be in history, with the organization that its replies named. */
    owners: (): readonly (readonly [endpointId: string, org: string | null])[] => [...owners],
    ownerOf: (endpointId: string): string | null => owners.get(endpointId) ?? null,
    knows: (endpointId: string): boolean => owners.has(endpointId),
    /** Records that this endpoint may be in history from now on. */
    note: (endpointId: string, org: string | null): void => {
      owners.set(endpointId, org);
    },
    /** See loadEndpointStates. */
    load: (endpointIds: readonly string[]): Promise<Map<string, EndpointState | Error>> =>
      inTurn(async () => {
        const states = await loadEndpointStates(history, endpointIds, () => interval, clock);
        for (const endpointState of states.values()) {
          if (endpointState instanceof Error) failure = endpointState;
          else hasRead = true;
        }
        return states;
      }),
    /** Why nothing could be read; null if a part could be read, or there was nothing to read. */
    failure: (): Error | null => (hasRead ? null : failure),
  };
}
