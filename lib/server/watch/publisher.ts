import "server-only";

import type { HistoryStore } from "@/lib/server/history/store";
import type { Log } from "@/lib/server/log";

import type { Clock } from "./clock";
import type { House } from "./house";
import { toListingName, writeEndpointSight, writeListingSight } from "./sight";
import { createTelling } from "./tell-apart";

export type Publisher = ReturnType<typeof createPublisher>;

/** Tells the other instances what is new on the board since it last did. */
export function createPublisher(parts: {
  sights: Pick<HistoryStore["sights"], "publish">;
  house: House;
  clock: Clock;
  fence: number;
  /** Whether history has taken everything that the board shows. */
  isSaved: () => boolean;
  log: Log;
}) {
  const { sights, house, clock, fence, isSaved, log } = parts;
  const { tell } = createTelling({ publish: (some, options) => sights.publish(some, fence, options), log });
  let told: number | null = null;
  /** Grows when all is to be told again, also while some of it is being told. */
  let beginnings = 0;
  return {
    /** Whether there was anything to tell. Throws FencedOut when the lease is another's. */
    publish: async (): Promise<boolean> => {
      const beginning = beginnings;
      const revision = house.revision();
      if (told === revision) return false;
      const now = clock();
      const since = told ?? -1;
      // What has been waiting for history is to be read there once more when it has taken it.
      const mark = isSaved() ? `${fence}` : `${fence} waiting`;
      const boards = house.boards();
      const endpoints = boards.flatMap(([source, board]) =>
        board
          .all()
          .filter((memory) => memory.revision > since)
          .map((memory) => ({
            name: memory.endpointId,
            body: writeEndpointSight(memory, source, mark, now),
          })),
      );
      const listings = boards.map(([source, board]) => ({
        name: toListingName(source),
        body: writeListingSight(board.listing(), board.stretchedTo(), now),
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
