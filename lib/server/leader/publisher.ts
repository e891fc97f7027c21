import "server-only";

import type { HistoryStore } from "@/lib/server/db/store";
import type { Log } from "@/lib/server/log";

import type { Clock } from "@/lib/server/clock";
import type { EndpointRegistry } from "@/lib/server/state/endpoint-registry";
import { toListingName, writeEndpointSnapshot, writeListingSnapshot } from "./snapshot";
import { createPublication } from "./publish-apart";
import { statusPageName, writeStatusPageSnapshot } from "./status-page-snapshot";

export type Publisher = ReturnType<typeof createPublisher>;

/** Publishes to the other instances what changed in the endpoint stores since the last time. */
export function createPublisher(parts: {
  snapshots: Pick<HistoryStore["snapshots"], "publish">;
  registry: EndpointRegistry;
  clock: Clock;
  fencingToken: number;
  /** Whether history holds everything that the endpoint stores show. */
  isSaved: () => boolean;
  log: Log;
}) {
  const { snapshots, registry, clock, fencingToken, isSaved, log } = parts;
  const { publishSnapshots } = createPublication({
    publish: (some, options) => snapshots.publish(some, fencingToken, options),
    log,
  });
  let publishedRevision: number | null = null;
  /** Grows when everything must be published again, also while a publication is under way. */
  let beginnings = 0;
  return {
    /** Returns whether anything was published. Throws LostLeadership when another instance holds the lease. */
    publish: async (): Promise<boolean> => {
      const beginning = beginnings;
      const revision = registry.revision();
      if (publishedRevision === revision) return false;
      const now = clock();
      const since = publishedRevision ?? -1;
      // The mark changes once waiting entries are written, so that followers read history again.
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
        body: writeListingSnapshot(
          {
            listing: endpointStore.listing(),
            stretchedTo: endpointStore.stretchedTo(),
            catalogs: endpointStore.catalogs(),
          },
          now,
        ),
      }));
      const statusPage = registry.statusPage();
      const reported =
        statusPage === null
          ? []
          : [{ name: statusPageName, body: writeStatusPageSnapshot(statusPage, now.at) }];
      // The first publication replaces everything that the former leader published.
      const isAll = publishedRevision === null;
      await publishSnapshots([...endpoints, ...listings, ...reported], { isAll });
      if (beginning === beginnings) publishedRevision = revision;
      return true;
    },
    /** Publishes everything once more, and removes everything else. */
    beginAgain: (): void => {
      beginnings += 1;
      publishedRevision = null;
    },
  };
}
