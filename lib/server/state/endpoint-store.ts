import "server-only";

import type { Moment } from "@/lib/server/clock";
import type { FailureRun } from "@/lib/domain/freshness";
import type { VersionCatalog } from "@/lib/domain/model-version";
import type { Duration, Instant } from "@/lib/domain/instant";

import type { EndpointState } from "./endpoint-state";

/** What the last listings reported. */
export type ListingState = {
  /**
   * Endpoint ids in the last good listing, when it was requested, and how long it counts as fresh; null before the
   * first.
   */
  listed: { ids: ReadonlySet<string>; at: Instant; tick: Duration; lasts: Duration } | null;
  failures: FailureRun | null;
  nextPoll: Moment | null;
};

/** Called after the state of an endpoint was replaced; `former` is undefined for a new one. */
export type OnChange = (former: EndpointState | undefined, next: EndpointState) => void;

export type EndpointStore = ReturnType<typeof createEndpointStore>;

/**
 * The newest state of every endpoint of one organization, in memory. Only the poller writes it, after history was
 * written; viewers only read. `count` is shared by the stores of one registry.
 */
export function createEndpointStore(
  asksForListing: boolean,
  count = { revision: 0 },
  onChange: OnChange = () => undefined,
) {
  const endpoints = new Map<string, EndpointState>();
  let listing: ListingState | null = asksForListing ? { listed: null, failures: null, nextPoll: null } : null;
  let stretchedTo: Duration | null = null;
  let catalogs: readonly VersionCatalog[] = [];
  return {
    /** The state of an endpoint of this organization; undefined for every other id. */
    get: (endpointId: string) => endpoints.get(endpointId),
    all: () => [...endpoints.values()],
    set: (endpointState: EndpointState) => {
      count.revision += 1;
      const former = endpoints.get(endpointState.endpointId);
      const isUnchanged = former?.changeCount === endpointState.changeCount;
      endpoints.set(endpointState.endpointId, {
        ...endpointState,
        revision: count.revision,
        changeRevision: isUnchanged ? former.changeRevision : count.revision,
      });
      onChange(former, endpointState);
    },
    /** Notes that history changed without a poll. */
    noteChange: (endpointId: string) => {
      const endpointState = endpoints.get(endpointId);
      if (endpointState === undefined) return;
      count.revision += 1;
      const revision = count.revision;
      endpoints.set(endpointId, { ...endpointState, revision, changeRevision: revision });
    },
    remove: (endpointId: string) => {
      if (endpoints.delete(endpointId)) count.revision += 1;
    },
    /** Removes the endpoints that are not wanted. */
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
    /** The versions behind the deployments, by architecture. */
    catalogs: () => catalogs,
    setCatalogs: (next: readonly VersionCatalog[]) => {
      count.revision += 1;
      catalogs = next;
    },
    /** The idle interval in force if the request budget stretched it; null otherwise. */
    stretchedTo: () => stretchedTo,
    setStretchedTo: (interval: Duration | null) => {
      stretchedTo = interval;
    },
    revision: () => count.revision,
  };
}
