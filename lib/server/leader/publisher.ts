import "server-only";

import type { HistoryStore } from "@/lib/server/db/store";
import type { Log } from "@/lib/server/log";

import type { Clock } from "@/lib/server/clock";
import type { EndpointRegistry } from "@/lib/server/state/endpoint-registry";
import { toListingName, writeEndpointSnapshot, writeListingSnapshot } from "./snapshot";
import { createPublication } from "./publish-apart";

export type Publisher = ReturnType<typeof createPublisher>;

/** Tells the other instances what is new on the board since it last did. */
export function createPublisher(parts: {
  snapshots: Pick<HistoryStore["snapshots"], "publish">;
  registry: EndpointRegistry;
  clock: Clock;
  fencingToken: number;
  /** Whether history has taken everything that the board shows. */
  isSaved: () => boolean;
  log: Log;
}) {
  const { snapshots, registry, clock, fencingToken, isSaved, log } = parts;
  const { tell } = createPublication({
    publish: (some, options) => snapshots.publish(some, fencingToken, options),
    log,
  });
  let told: number | null = null;
  /** Grows when all is to be told again, also while some of it is being told. */
  let beginnings = 0;
  return {
    /** Whether there was anything to tell. Throws LostLeadership when the lease is another's. */
    publish: async (): Promise<boolean> => {
      const beginning = beginnings;
      const revision = registry.revision();
      if (told === revision) return false;
      const now = clock();
      const since = told ?? -1;
      // What has been waiting for history is to be read there once more when it has taken it.
      const mark = isSaved() ? `${fencingToken}` : `${fencingToken} waiting`;
      const endpointStores = registry.endpointStores();
      const endpoints = endpointStores.flatMap(([organization, endpointStore]) =>
        endpointStore
          .all()
          .filter((endpointState) => endpointState.revision > since)
          .map((endpointState) => ({
            name: endpointState.endpointId,
            body: writeEndpointSnapshot(endpointState, organization, mark, now),
          })),
      );
      const listings = endpointStores.map(([organization, endpointStore]) => ({
        name: toListingName(organization),
        body: writeListingSnapshot(endpointStore.listing(), endpointStore.stretchedTo(), now),
      }));
      // What the holder before told of endpoints that this one does not watch is no longer so.
      const isAll = told === null;
      await tell([...endpoints, ...listings], { isAll });
      if (beginning === beginnings) told = revision;
      return true;
    },
    /** Tells all of it once more, and takes back what is not among it. */
    beginAnew: (): void => {
      beginnings += 1;
      told = null;
    },
  };
}
