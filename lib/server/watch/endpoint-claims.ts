import "server-only";

import type { Duration } from "@/lib/domain/instant";
import { toDatabaseReason } from "@/lib/server/history/database-problem";
import type { Log } from "@/lib/server/log";

import type { Board } from "./board";
import type { Clock } from "./clock";
import { newMemory, type EndpointMemory, type EndpointPicture } from "./endpoint-memory";
import { toUnreadable } from "./load-memory";
import type { MemoryLoader } from "./memory-loader";
import type { Saver } from "./saver";

/** Decides which endpoints are on the board of one organization, and loads what history knows about them. */
export function createClaims(parts: {
  org: string | null;
  endpointIds: readonly string[];
  board: Board;
  loader: MemoryLoader;
  clock: Clock;
  log: Log;
  pollIdle: Duration;
  /** Whether an endpoint is another organization's. */
  isElsewhere: (endpointId: string) => boolean;
  /** Takes an endpoint off every other board; undefined where it was on none. */
  takeOver: (endpointId: string) => EndpointMemory | undefined;
  saver: Pick<Saver, "idle" | "trouble">;
  isStopped: () => boolean;
}) {
  const { org, board, loader, saver, clock, log, pollIdle, isElsewhere, takeOver, isStopped } = parts;
  const named = new Set(parts.endpointIds);
  /**
   * Endpoints on the board whose history has yet to be read: at first those that were left there without it, by
   * whoever watched for this organization until the settings changed.
   */
  const unloaded = new Set(
    board
      .all()
      .flatMap(({ endpointId, picture }) =>
        picture === null && loader.knows(endpointId) ? [endpointId] : [],
      ),
  );

  function isOurs(endpointId: string, owner: string | null): boolean {
    if (named.has(endpointId)) return true;
    if (org === null || isElsewhere(endpointId)) return false;
    return owner === org || board.listing()?.listed?.ids.has(endpointId) === true;
  }

  function put(endpointId: string, loaded: EndpointMemory | Error): void {
    const told = board.get(endpointId);
    if (loaded instanceof Error) {
      unloaded.add(endpointId);
      const { at } = clock();
      const memory = toUnreadable(told ?? newMemory(endpointId, pollIdle), { at, retryAt: at + pollIdle });
      const fault = toDatabaseReason(loaded);
      if (memory.failures?.count === 1)
        log.error({ endpoint: endpointId, fault }, "History of an endpoint cannot be read.");
      board.set(memory);
      return;
    }
    unloaded.delete(endpointId);
    // Followers read history again at another number of news: one that no earlier telling can have had.
    const news = Math.ceil(clock().tick);
    if (told?.picture == null || loaded.picture === null) {
      // Where history knows nothing either, it stays known since when and why nothing was observed.
      const isUnknown = told?.picture === null && loaded.picture === null;
      board.set({ ...(isUnknown ? told : loaded), news });
      return;
    }
    // What the former leader told, or another organization's monitor knew, beside history.
    const { failures, unread, notFoundInRow, observedTick } = told;
    board.set({ ...loaded, news, failures, unread, notFoundInRow, observedTick });
  }

  /** Handed over in this process: watching never broke off, and history only adds what was just being saved. */
  function putHanded(held: EndpointMemory, picture: EndpointPicture, loaded: EndpointMemory): void {
    put(held.endpointId, loaded);
    const memory = board.get(held.endpointId);
    if (memory?.picture == null) return;
    const span = { ...memory.picture.span, brokenBy: picture.span.brokenBy };
    board.set({ ...memory, isFromHistory: held.isFromHistory, picture: { ...memory.picture, span } });
  }

  /** Takes off the board what is not ours to watch any more, and answers with it. */
  function shed(): EndpointMemory[] {
    const toOwner = ({ endpointId, picture }: EndpointMemory) =>
      picture?.facts.org ?? loader.ownerOf(endpointId);
    const dropped = board.all().filter((memory) => !isOurs(memory.endpointId, toOwner(memory)));
    for (const memory of dropped) {
      unloaded.delete(memory.endpointId);
      loader.note(memory.endpointId, toOwner(memory));
    }
    const gone = new Set(dropped.map(({ endpointId }) => endpointId));
    board.retain(({ endpointId }) => !gone.has(endpointId));
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
      for (const [endpointId, memory] of loaded) put(endpointId, memory);
    },
    /** Has an endpoint on the board unless it is another organization's. Answers whether it is new there. */
    claim: (endpointId: string): boolean => {
      if (board.get(endpointId) !== undefined || isElsewhere(endpointId)) return false;
      const handed = takeOver(endpointId);
      if (loader.knows(endpointId)) unloaded.add(endpointId);
      else loader.note(endpointId, null);
      board.set(handed ?? newMemory(endpointId, pollIdle));
      return true;
    },
    isLoaded: (endpointId: string): boolean => !unloaded.has(endpointId),
    /**
     * Reads the history of one endpoint, so that polling goes on from it. Never rejects: false says that it could
     * not be read, and the board says so too.
     */
    load: async (endpointId: string): Promise<boolean> => {
      await saver.idle();
      // Handed over from another board, it is known beyond what history has taken.
      if (board.get(endpointId)?.picture != null && saver.trouble() !== null) {
        unloaded.delete(endpointId);
        return !isStopped();
      }
      const loaded = await loader.load([endpointId]).then(
        (memories) => memories.get(endpointId) ?? newMemory(endpointId, pollIdle),
        (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
      );
      const held = board.get(endpointId);
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
        ...(board.listing()?.listed?.ids ?? []),
        ...loader
          .owners()
          .filter(([endpointId, owner]) => isOurs(endpointId, owner))
          .map(([endpointId]) => endpointId),
      ]),
    ],
  };
}
