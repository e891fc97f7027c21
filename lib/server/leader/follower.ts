import "server-only";

import type { Duration } from "@/lib/domain/instant";
import type { HistoryStore } from "@/lib/server/db/store";
import type { Log } from "@/lib/server/log";

import type { EndpointStore } from "@/lib/server/state/endpoint-store";
import type { Clock, Moment } from "@/lib/server/clock";
import { newEndpointState, type EndpointPicture } from "@/lib/server/state/endpoint-state";
import type { EndpointRegistry } from "@/lib/server/state/endpoint-registry";
import { loadEndpointStates, toUnreadable, type Past } from "@/lib/server/poller/load-endpoint-state";
import {
  fromListingName,
  readEndpointSnapshot,
  readListingSnapshot,
  toEndpointState,
  type EndpointSnapshot,
} from "./snapshot";

/** What was told, `earliest` at the earliest. */
type Told = { earliest: Moment; latest: Moment };
type Seen = { endpointId: string; snapshot: EndpointSnapshot; endpointStore: EndpointStore };

/** Puts on this instance's board what the watching one told. */
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
  /** Grows when all is to be read again, also while a look is under way. */
  let beginnings = 0;

  /** What cannot be understood changes nothing: what was known before grows old, visibly. */
  async function see(snapshots: readonly { name: string; body: string }[], told: Told): Promise<void> {
    const seen: Seen[] = [];
    for (const { name, body } of snapshots) {
      const lister = fromListingName(name);
      if (lister !== null) {
        seeListing(lister, body, told.latest);
        continue;
      }
      const snapshot = readEndpointSnapshot(body);
      // What is watched for an organization of which this instance was told nothing is not for its viewers.
      const endpointStore = snapshot === null ? undefined : registry.of(snapshot.organization);
      if (snapshot !== null && endpointStore !== undefined)
        seen.push({ endpointId: name, snapshot, endpointStore });
    }
    await seeEndpoints(seen, told);
  }

  function seeListing(organization: string, body: string, told: Moment): void {
    const snapshot = readListingSnapshot(body, told);
    const endpointStore = registry.of(organization);
    if (snapshot === null || endpointStore === undefined) return;
    endpointStore.setStretchedTo(snapshot.stretchedTo);
    if (snapshot.listing !== null) endpointStore.setListing(snapshot.listing);
  }

  /** History is read again only of those of which it holds more than that watching went on. */
  async function seeEndpoints(seen: readonly Seen[], told: Told): Promise<void> {
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
      () => told.latest,
    );
    for (const each of seen) {
      const endpointState = intervals.has(each.endpointId) ? loaded.get(each.endpointId) : "as before";
      if (endpointState instanceof Error) seeUnreadable(each, endpointState, told);
      else
        seeEndpoint(
          each,
          endpointState === "as before" ? "as before" : (endpointState?.picture ?? null),
          told,
        );
    }
  }

  /** What a board of any organization shows of an endpoint, which may just have changed hands. */
  function toFormerPicture(endpointStore: EndpointStore, endpointId: string): EndpointPicture | null {
    return (endpointStore.get(endpointId) ?? registry.get(endpointId))?.picture ?? null;
  }

  function seeEndpoint(
    { endpointId, snapshot, endpointStore }: Seen,
    loaded: EndpointPicture | "as before" | null,
    told: Told,
  ): void {
    const { observed, interval } = snapshot;
    const former =
      endpointStore.get(endpointId) ?? registry.get(endpointId) ?? newEndpointState(endpointId, interval);
    registry.take(endpointId, snapshot.organization);
    const picture = loaded === "as before" ? extend(former.picture, observed) : loaded;
    endpointStore.set(toEndpointState(former, snapshot, picture, told));
    if (observed !== null && picture !== null) marks.set(endpointId, observed.mark);
  }

  function seeUnreadable(
    { endpointId, snapshot, endpointStore }: Seen,
    error: Error,
    { latest }: Told,
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

  /** What is not among all that is told is not watched any more. */
  function invalidateOthers(names: ReadonlySet<string>): void {
    for (const [, endpointStore] of registry.endpointStores())
      endpointStore.retain(({ endpointId }) => names.has(endpointId));
  }

  return {
    /** Catches up. `renewals` is the lease's: where it has not grown nothing was told. */
    follow: async (renewals: number): Promise<void> => {
      const latest = clock();
      const beginning = beginnings;
      // It was told after the last look, but for the time that telling takes: so old at least it is taken to be.
      const told = { earliest: lookedAt ?? latest, latest };
      if (renewals > revision) {
        const snapshots = await history.snapshots.readAfter(revision);
        await see(snapshots, told);
        if (beginning !== beginnings) return;
        if (revision === -1) invalidateOthers(new Set(snapshots.map(({ name }) => name)));
        // Not before: several have the same revision, and all are read again where one could not be taken in.
        revision = snapshots.at(-1)?.revision ?? revision;
      }
      lookedAt = latest;
    },
    /** Whatever was followed before may be out of date: all of it is read again. */
    beginAnew: (): void => {
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
