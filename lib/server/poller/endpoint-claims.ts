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

/** Decides which endpoints are on the board of one organization, and loads what history knows about them. */
export function createClaims(parts: {
  org: string | null;
  endpointIds: readonly string[];
  endpointStore: EndpointStore;
  loader: StateLoader;
  clock: Clock;
  log: Log;
  pollIdle: Duration;
  /** Whether an endpoint is another organization's. */
  isElsewhere: (endpointId: string) => boolean;
  /** Takes an endpoint off every other board; undefined where it was on none. */
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
   * Endpoints on the board whose history has yet to be read: at first those that were left there without it, by
   * whoever watched for this organization until the settings changed.
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
    const told = endpointStore.get(endpointId);
    if (loaded instanceof Error) {
      unloaded.add(endpointId);
      const { at } = clock();
      const endpointState = toUnreadable(told ?? newEndpointState(endpointId, pollIdle), {
        at,
        retryAt: at + pollIdle,
      });
      if (endpointState.failures?.count === 1)
        log.error({ endpoint: endpointId, err: loaded }, "history read failed");
      endpointStore.set(endpointState);
      return;
    }
    unloaded.delete(endpointId);
    // Followers read history again at another number of news: one that no earlier telling can have had.
    const changeCount = Math.ceil(clock().tick);
    if (told?.picture == null || loaded.picture === null) {
      // Where history knows nothing either, it stays known since when and why nothing was observed.
      const isUnknown = told?.picture === null && loaded.picture === null;
      endpointStore.set({ ...(isUnknown ? told : loaded), changeCount });
      return;
    }
    // What the former leader told, or another organization's monitor knew, beside history.
    const { failures, unread, notFoundInRow, observedTick } = told;
    endpointStore.set({ ...loaded, changeCount, failures, unread, notFoundInRow, observedTick });
  }

  /** Handed over in this process: watching never broke off, and history only adds what was just being saved. */
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

  /** Takes off the board what is not ours to watch any more, and answers with it. */
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
    /** Puts on the board what history knows to be ours. Rejects when the database does not answer. */
    loadOurs: async (): Promise<void> => {
      const ours = loader.owners().filter(([endpointId, owner]) => isOurs(endpointId, owner));
      const loaded = await loader.load(ours.map(([endpointId]) => endpointId));
      if (isStopped()) return;
      shed();
      for (const [endpointId, endpointState] of loaded) put(endpointId, endpointState);
    },
    /** Has an endpoint on the board unless it is another organization's. Answers whether it is new there. */
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
     * Reads the history of one endpoint, so that polling goes on from it. Never rejects: false says that it could
     * not be read, and the board says so too.
     */
    load: async (endpointId: string): Promise<boolean> => {
      await historyWriter.idle();
      // Handed over from another board, it is known beyond what history has taken.
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
      // Handed over from another board, it is known without history as well.
      else if (loaded instanceof Error) unloaded.delete(endpointId);
      else putHanded(held, held.picture, loaded);
      return !unloaded.has(endpointId);
    },
    /** Every endpoint that is to be on the board, as far as settings, the listing and history tell. */
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
