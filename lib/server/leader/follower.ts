import "server-only";

import type { Duration } from "@/lib/domain/instant";
import type { HistoryStore } from "@/lib/server/db/store";
import type { Log } from "@/lib/server/log";

import type { EndpointStore } from "@/lib/server/state/endpoint-store";
import type { Clock, Moment } from "@/lib/server/clock";
import { newEndpointState, type EndpointPicture } from "@/lib/server/state/endpoint-state";
import type { EndpointRegistry } from "@/lib/server/state/endpoint-registry";
import { loadEndpointStates, toUnreadable, type Past } from "@/lib/server/poller/load-endpoint-state";
import { readStatusPageSnapshot, statusPageName } from "./status-page-snapshot";
import {
  fromListingName,
  readEndpointSnapshot,
  readListingSnapshot,
  toEndpointState,
  type EndpointSnapshot,
} from "./snapshot";

/** A snapshot was published between these two moments. */
type PublicationWindow = { earliest: Moment; latest: Moment };
type Seen = { endpointId: string; snapshot: EndpointSnapshot; endpointStore: EndpointStore };

/** Applies the snapshots that the leader publishes to the endpoint stores of this instance. */
export function createFollower(parts: {
  history: Past & Pick<HistoryStore, "snapshots">;
  registry: EndpointRegistry;
  clock: Clock;
  log: Log;
}) {
  const { history, registry, clock, log } = parts;
  const marks = new Map<string, string>();
  let revision = -1;
  let lookedAt: Moment | null = null;
  /** Grows when everything must be read again, also while a read is under way. */
  let beginnings = 0;

  /** A snapshot that cannot be parsed is ignored, so the former state visibly ages. */
  async function see(
    snapshots: readonly { name: string; body: string }[],
    window: PublicationWindow,
  ): Promise<void> {
    const seen: Seen[] = [];
    for (const { name, body } of snapshots) {
      if (name === statusPageName) {
        seeStatusPage(body, window);
        continue;
      }
      const lister = fromListingName(name);
      if (lister !== null) {
        seeListing(lister, body, window);
        continue;
      }
      const snapshot = readEndpointSnapshot(body);
      // This instance does not know the organization yet, so its viewers must not see the endpoint.
      const endpointStore = snapshot === null ? undefined : registry.of(snapshot.organization);
      if (snapshot !== null && endpointStore !== undefined)
        seen.push({ endpointId: name, snapshot, endpointStore });
    }
    await seeEndpoints(seen, window);
  }

  function seeStatusPage(body: string, { earliest }: PublicationWindow): void {
    const statusPage = readStatusPageSnapshot(body, earliest.at);
    if (statusPage !== null) registry.setStatusPage(statusPage);
  }

  function seeListing(organization: string, body: string, window: PublicationWindow): void {
    const snapshot = readListingSnapshot(body, window);
    const endpointStore = registry.of(organization);
    if (snapshot === null || endpointStore === undefined) return;
    endpointStore.setStretchedTo(snapshot.stretchedTo);
    endpointStore.setCatalogs(snapshot.catalogs);
    if (snapshot.listing !== null) endpointStore.setListing(snapshot.listing);
  }

  /** Reads history again only for endpoints with more than an extended watch span. */
  async function seeEndpoints(seen: readonly Seen[], window: PublicationWindow): Promise<void> {
    const isMoreKnown = ({ endpointId, snapshot, endpointStore }: Seen) =>
      snapshot.observed !== null &&
      (toFormerPicture(endpointStore, endpointId) === null ||
        marks.get(endpointId) !== snapshot.observed.mark);
    const intervals = new Map<string, Duration>(
      seen.filter(isMoreKnown).map(({ endpointId, snapshot }) => [endpointId, snapshot.interval]),
    );
    const loaded = await loadEndpointStates(
      history,
      [...intervals.keys()],
      (id) => intervals.get(id) ?? 0,
      () => window.latest,
    );
    for (const each of seen) {
      const endpointState = intervals.has(each.endpointId) ? loaded.get(each.endpointId) : "as before";
      if (endpointState instanceof Error) seeUnreadable(each, endpointState, window);
      else
        seeEndpoint(
          each,
          endpointState === "as before" ? "as before" : (endpointState?.picture ?? null),
          window,
        );
    }
  }

  /** The former picture of an endpoint in any organization: it may have moved to another one. */
  function toFormerPicture(endpointStore: EndpointStore, endpointId: string): EndpointPicture | null {
    return (endpointStore.get(endpointId) ?? registry.get(endpointId))?.picture ?? null;
  }

  function seeEndpoint(
    { endpointId, snapshot, endpointStore }: Seen,
    loaded: EndpointPicture | "as before" | null,
    window: PublicationWindow,
  ): void {
    const { observed, interval } = snapshot;
    const former =
      endpointStore.get(endpointId) ?? registry.get(endpointId) ?? newEndpointState(endpointId, interval);
    registry.take(endpointId, snapshot.organization);
    const picture = loaded === "as before" ? extend(former.picture, observed) : loaded;
    const changeCount = former.changeCount + (loaded === "as before" ? 0 : 1);
    endpointStore.set({ ...toEndpointState(former, snapshot, picture, window), changeCount });
    if (observed !== null && picture !== null) marks.set(endpointId, observed.mark);
  }

  function seeUnreadable(
    { endpointId, snapshot, endpointStore }: Seen,
    error: Error,
    { latest }: PublicationWindow,
  ): void {
    const former =
      endpointStore.get(endpointId) ??
      registry.get(endpointId) ??
      newEndpointState(endpointId, snapshot.interval);
    registry.take(endpointId, snapshot.organization);
    const endpointState = toUnreadable(former, { at: latest.at, retryAt: latest.at + snapshot.interval });
    if (endpointState.failures?.count === 1)
      log.error({ endpoint: endpointId, err: error }, "history read failed");
    endpointStore.set(endpointState);
  }

  /** Removes endpoints that the leader no longer publishes. */
  function invalidateOthers(names: ReadonlySet<string>): void {
    for (const [, endpointStore] of registry.endpointStores())
      endpointStore.retain(({ endpointId }) => names.has(endpointId));
  }

  return {
    /** Catches up. `renewals` comes from the lease: if it has not grown, nothing was published. */
    follow: async (renewals: number): Promise<void> => {
      const latest = clock();
      const beginning = beginnings;
      // Assume it was published right after our previous read, so that ages are never understated.
      const window = { earliest: lookedAt ?? latest, latest };
      if (renewals > revision) {
        const snapshots = await history.snapshots.readAfter(revision);
        await see(snapshots, window);
        if (beginning !== beginnings) return;
        if (revision === -1) invalidateOthers(new Set(snapshots.map(({ name }) => name)));
        // Only now: several snapshots share a revision, and all are read again if one fails.
        revision = snapshots.at(-1)?.revision ?? revision;
      }
      lookedAt = latest;
    },
    /** Reads everything again: what was followed before may be out of date. */
    beginAgain: (): void => {
      beginnings += 1;
      revision = -1;
      lookedAt = null;
      marks.clear();
    },
  };
}

export type Follower = ReturnType<typeof createFollower>;

function extend(
  picture: EndpointPicture | null,
  observed: EndpointSnapshot["observed"],
): EndpointPicture | null {
  if (picture === null || observed === null) return null;
  return { ...picture, span: { ...picture.span, until: Math.max(picture.span.until, observed.until) } };
}
