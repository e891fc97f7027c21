import "server-only";

import type { HistoryStore } from "@/lib/server/history/store";

import type { Board } from "./board";
import type { Clock } from "./clock";
import { listingName, writeEndpointSight, writeListingSight } from "./sight";

export type Publisher = ReturnType<typeof createPublisher>;

/** Tells the other instances what is new on the board since it last did. */
export function createPublisher(parts: {
  sights: Pick<HistoryStore["sights"], "publish">;
  board: Board;
  clock: Clock;
  fence: number;
  /** Whether history has taken everything that the board shows. */
  isSaved: () => boolean;
}) {
  const { sights, board, clock, fence, isSaved } = parts;
  let told: number | null = null;
  return {
    /** Whether there was anything to tell. Throws FencedOut when the lease is another's. */
    publish: async (): Promise<boolean> => {
      const revision = board.revision();
      if (told === revision) return false;
      const now = clock();
      const since = told ?? -1;
      // What has been waiting for history is to be read there once more when it has taken it.
      const mark = isSaved() ? `${fence}` : `${fence} waiting`;
      const endpoints = board
        .all()
        .filter((memory) => memory.revision > since)
        .map((memory) => ({ name: memory.endpointId, body: writeEndpointSight(memory, mark, now) }));
      const listing = writeListingSight(board.listing(), board.stretchedTo(), now);
      // What the holder before told of endpoints that this one does not watch is no longer so.
      const isAll = told === null;
      await sights.publish([...endpoints, { name: listingName, body: listing }], fence, { isAll });
      told = revision;
      return true;
    },
  };
}
