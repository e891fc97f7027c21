import "server-only";

import { greatest } from "@/lib/domain/extremes";
import type { Duration } from "@/lib/domain/instant";

import { createEndpointStore, type EndpointStore, type ListingState } from "./endpoint-store";
import type { EndpointState } from "./endpoint-state";

/** The key of an organization in the registry. An unnamed organization has the empty one, which no name can be. */
export function organizationName({ org }: { org: string | null }): string {
  return org ?? "";
}

/** What the listing of an organization said last. */
export type NamedListing = { org: string; listing: ListingState };

export type EndpointRegistry = ReturnType<typeof createEndpointRegistry>;

/** The boards of all organizations, read as one. `take` sees to it that an endpoint is on one of them at most. */
export function createEndpointRegistry() {
  const endpointStores = new Map<string, EndpointStore>();
  const count = { revision: 0 };
  return {
    /** Has a board for each of these organizations, and for no other; those that stay keep what is on them. */
    follow: (organizations: readonly { org: string | null }[]): void => {
      const names = new Set(organizations.map(organizationName));
      for (const name of endpointStores.keys()) if (!names.has(name)) endpointStores.delete(name);
      for (const { org } of organizations) {
        const name = organizationName({ org });
        if (!endpointStores.has(name)) endpointStores.set(name, createEndpointStore(org !== null, count));
      }
      count.revision += 1;
    },
    /** The board of an organization; undefined for every other name. */
    of: (name: string) => endpointStores.get(name),
    endpointStores: (): readonly (readonly [name: string, endpointStore: EndpointStore])[] => [
      ...endpointStores,
    ],
    /** Takes an endpoint off every board but this one. Answers with what was known there; undefined: nothing. */
    take: (endpointId: string, name: string): EndpointState | undefined => {
      let taken: EndpointState | undefined;
      for (const [other, endpointStore] of endpointStores) {
        if (other === name) continue;
        taken ??= endpointStore.get(endpointId);
        endpointStore.remove(endpointId);
      }
      return taken;
    },
    /** The memory of a watched endpoint; undefined for every other id. */
    get: (endpointId: string): EndpointState | undefined => {
      for (const endpointStore of endpointStores.values()) {
        const endpointState = endpointStore.get(endpointId);
        if (endpointState !== undefined) return endpointState;
      }
      return undefined;
    },
    all: (): EndpointState[] => {
      const [only, ...others] = endpointStores.values();
      if (only !== undefined && others.length === 0) return only.all();
      const found = new Map<string, EndpointState>();
      for (const endpointStore of endpointStores.values()) {
        for (const endpointState of endpointStore.all()) {
          if (!found.has(endpointState.endpointId)) found.set(endpointState.endpointId, endpointState);
        }
      }
      return [...found.values()];
    },
    listings: (): NamedListing[] =>
      [...endpointStores].flatMap(([org, endpointStore]) => {
        const listing = endpointStore.listing();
        return listing === null ? [] : [{ org, listing }];
      }),
    /** The longest idle interval in force where a budget of requests stretched it; null where none did. */
    stretchedTo: (): Duration | null => {
      const stretched = [...endpointStores.values()]
        .map((endpointStore) => endpointStore.stretchedTo())
        .filter((each) => each !== null);
      return greatest(stretched);
    },
    revision: () => count.revision,
  };
}
