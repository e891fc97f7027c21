import "server-only";

import type { Duration } from "@/lib/domain/instant";
import type { Log } from "@/lib/server/log";

import type { EndpointStore } from "@/lib/server/state/endpoint-store";
import type { Clock } from "@/lib/server/clock";
import {
  newEndpointState,
  type EndpointState,
  type EndpointPicture,
} from "@/lib/server/state/endpoint-state";
import { toUnreadable } from "./load-endpoint-state";
import type { StateLoader } from "./state-loader";
import type { HistoryWriter } from "./history-writer";

/** Decides which endpoints belong in the endpoint store of one organization, and loads their history. */
export function createClaims(parts: {
  org: string | null;
  endpointIds: readonly string[];
  endpointStore: EndpointStore;
  loader: StateLoader;
  clock: Clock;
  log: Log;
  pollIdle: Duration;
  /** Whether an endpoint belongs to another organization. */
  isElsewhere: (endpointId: string) => boolean;
  /** Removes an endpoint from every other organization and returns its state; undefined if it had none. */
  takeOver: (endpointId: string) => EndpointState | undefined;
  historyWriter: Pick<HistoryWriter, "idle" | "outage">;
  isStopped: () => boolean;
}) {
  const {
    org,
    endpointStore,
    loader,
    historyWriter,
    clock,
    log,
    pollIdle,
    isElsewhere,
    takeOver,
    isStopped,
  } = parts;
  const named = new Set(parts.endpointIds);
  /**
   * Endpoints whose history is still to be read. Starts with those that the former monitor of this organization left
   * unread when the settings changed.
   */
  const unloaded = new Set(
    endpointStore
      .all()
      .flatMap(({ endpointId, picture }) =>
        picture === null && loader.knows(endpointId) ? [endpointId] : [],
      ),
  );

  function isOurs(endpointId: string, owner: string | null): boolean {
    if (named.has(endpointId)) return true;
    if (org === null || isElsewhere(endpointId)) return false;
    return owner === org || endpointStore.listing()?.listed?.ids.has(endpointId) === true;
  }

  function put(endpointId: string, loaded: EndpointState | Error): void {
    const known = endpointStore.get(endpointId);
    if (loaded instanceof Error) {
      unloaded.add(endpointId);
      const { at } = clock();
      const endpointState = toUnreadable(known ?? newEndpointState(endpointId, pollIdle), {
        at,
        retryAt: at + pollIdle,
      });
      if (endpointState.failures?.count === 1)
        log.error({ endpoint: endpointId, err: loaded }, "history read failed");
      endpointStore.set(endpointState);
      return;
    }
    unloaded.delete(endpointId);
    // Followers read history again when this number changes, so it must differ from every published one.
    const changeCount = Math.ceil(clock().tick);
    if (known?.picture == null || loaded.picture === null) {
      // If history is empty too, keep the failures that explain why nothing was observed.
      const isUnknown = known?.picture === null && loaded.picture === null;
      endpointStore.set({ ...(isUnknown ? known : loaded), changeCount });
      return;
    }
    // Known from the former leader's snapshot, or from another organization's monitor, and not in history.
    const { failures, unread, notFoundInRow, observedTick } = known;
    endpointStore.set({ ...loaded, changeCount, failures, unread, notFoundInRow, observedTick });
  }

  /** For an endpoint handed over within this process: there is no gap, and history adds only the last writes. */
  function putHanded(held: EndpointState, picture: EndpointPicture, loaded: EndpointState): void {
    put(held.endpointId, loaded);
    const endpointState = endpointStore.get(held.endpointId);
    if (endpointState?.picture == null) return;
    const span = { ...endpointState.picture.span, brokenBy: picture.span.brokenBy };
    endpointStore.set({
      ...endpointState,
      isFromHistory: held.isFromHistory,
      picture: { ...endpointState.picture, span },
    });
  }

  /** Removes the endpoints that no longer belong to this organization, and returns them. */
  function shed(): EndpointState[] {
    const toOwner = ({ endpointId, picture }: EndpointState) =>
      picture?.facts.org ?? loader.ownerOf(endpointId);
    const dropped = endpointStore
      .all()
      .filter((endpointState) => !isOurs(endpointState.endpointId, toOwner(endpointState)));
    for (const endpointState of dropped) {
      unloaded.delete(endpointState.endpointId);
      loader.note(endpointState.endpointId, toOwner(endpointState));
    }
    const removed = new Set(dropped.map(({ endpointId }) => endpointId));
    endpointStore.retain(({ endpointId }) => !removed.has(endpointId));
    return dropped;
  }

  return {
    shed,
    /** Loads the endpoints that history attributes to this organization. Rejects when the database does not answer. */
    loadOurs: async (): Promise<void> => {
      const ours = loader.owners().filter(([endpointId, owner]) => isOurs(endpointId, owner));
      const loaded = await loader.load(ours.map(([endpointId]) => endpointId));
      if (isStopped()) return;
      shed();
      for (const [endpointId, endpointState] of loaded) put(endpointId, endpointState);
    },
    /** Adds an endpoint unless it belongs to another organization. Returns whether it is new. */
    claim: (endpointId: string): boolean => {
      if (endpointStore.get(endpointId) !== undefined || isElsewhere(endpointId)) return false;
      const handed = takeOver(endpointId);
      if (loader.knows(endpointId)) unloaded.add(endpointId);
      else loader.note(endpointId, null);
      endpointStore.set(handed ?? newEndpointState(endpointId, pollIdle));
      return true;
    },
    isLoaded: (endpointId: string): boolean => !unloaded.has(endpointId),
    /**
     * Reads the history of one endpoint, so that polling continues from it. Never rejects: false means that it could
     * not be read, and the endpoint store shows that.
     */
    load: async (endpointId: string): Promise<boolean> => {
      await historyWriter.idle();
      // Handed over from another organization: memory holds more than history.
      if (endpointStore.get(endpointId)?.picture != null && historyWriter.outage() !== null) {
        unloaded.delete(endpointId);
        return !isStopped();
      }
      const loaded = await loader.load([endpointId]).then(
        (states) => states.get(endpointId) ?? newEndpointState(endpointId, pollIdle),
        (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
      );
      const held = endpointStore.get(endpointId);
      if (isStopped() || held === undefined) return false;
      if (held.picture === null) put(endpointId, loaded);
      // Handed over from another organization: the state in memory is enough.
      else if (loaded instanceof Error) unloaded.delete(endpointId);
      else putHanded(held, held.picture, loaded);
      return !unloaded.has(endpointId);
    },
    /** Every endpoint of this organization by settings, listing and history. */
    wanted: (): string[] => [
      ...new Set([
        ...named,
        ...(endpointStore.listing()?.listed?.ids ?? []),
        ...loader
          .owners()
          .filter(([endpointId, owner]) => isOurs(endpointId, owner))
          .map(([endpointId]) => endpointId),
      ]),
    ],
  };
}
