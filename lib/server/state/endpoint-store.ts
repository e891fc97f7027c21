import "server-only";

import type { Moment } from "@/lib/server/clock";
import type { FailureRun } from "@/lib/domain/freshness";
import type { Duration, Instant } from "@/lib/domain/instant";

import type { EndpointState } from "./endpoint-state";

/** What the last listings said. Null where no listing is asked for. */
export type ListingState = {
  /** Endpoint ids in the last good listing, and when it came; null before the first. */
  listed: { ids: ReadonlySet<string>; at: Instant } | null;
  failures: FailureRun | null;
  nextPoll: Moment | null;
};

export type EndpointStore = ReturnType<typeof createEndpointStore>;

/**
 * The newest picture of everything watched for one organization, in memory. The watcher alone writes it, after
 * history has taken what it shows; viewers only read it. `count` is shared by boards that are read as one.
 */
export function createEndpointStore(asksForListing: boolean, count = { revision: 0 }) {
  const endpoints = new Map<string, EndpointState>();
  let listing: ListingState | null = asksForListing ? { listed: null, failures: null, nextPoll: null } : null;
  let stretchedTo: Duration | null = null;
  return {
    /** The memory of a watched endpoint; undefined for every other id. */
    get: (endpointId: string) => endpoints.get(endpointId),
    all: () => [...endpoints.values()],
    set: (endpointState: EndpointState) => {
      count.revision += 1;
      endpoints.set(endpointState.endpointId, { ...endpointState, revision: count.revision });
    },
    remove: (endpointId: string) => {
      if (endpoints.delete(endpointId)) count.revision += 1;
    },
    /** Keeps of the endpoints only those that are wanted. */
    retain: (isWanted: (endpointState: EndpointState) => boolean) => {
      for (const endpointState of endpoints.values()) {
        if (isWanted(endpointState)) continue;
        count.revision += 1;
        endpoints.delete(endpointState.endpointId);
      }
    },
    listing: () => listing,
    setListing: (next: ListingState) => {
      count.revision += 1;
      listing = next;
    },
    /** The idle interval in force where the request budget stretched it; null where it did not. */
    stretchedTo: () => stretchedTo,
    setStretchedTo: (interval: Duration | null) => {
      stretchedTo = interval;
    },
    revision: () => count.revision,
  };
}
