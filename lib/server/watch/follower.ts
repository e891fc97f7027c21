import "server-only";

import type { HistoryStore } from "@/lib/server/history/store";

import type { Board } from "./board";
import type { Clock } from "./clock";
import { newMemory, type EndpointMemory, type EndpointPicture, type Moment } from "./endpoint-memory";
import { loadMemory, type Past } from "./load-memory";
import { listingName, readEndpointSight, readListingSight, toMemory, type EndpointSight } from "./sight";

/** Puts on this instance's board what the watching one told. */
export function createFollower(parts: {
  history: Past & Pick<HistoryStore, "sights" | "readEndpointFacts">;
  board: Board;
  clock: Clock;
}) {
  const { history, board, clock } = parts;
  const marks = new Map<string, string>();
  let revision = -1;
  let lookedAt: Moment | null = null;

  async function see(name: string, body: string, told: { earliest: Moment; latest: Moment }): Promise<void> {
    if (name === listingName) {
      const { listing, stretchedTo } = readListingSight(body, told.latest);
      board.setStretchedTo(stretchedTo);
      if (listing !== null) board.setListing(listing);
      return;
    }
    const sight = readEndpointSight(body);
    const former = board.get(name) ?? newMemory(name, sight.interval);
    const picture = await toPicture(former, sight, told.latest);
    board.set(toMemory(former, sight, picture, told));
  }

  /** History is read again only where it holds more than that watching went on. */
  async function toPicture(
    former: EndpointMemory,
    { observed, interval }: EndpointSight,
    now: Moment,
  ): Promise<EndpointPicture | null> {
    if (observed === null) return null;
    const { endpointId, picture } = former;
    if (picture !== null && marks.get(endpointId) === observed.mark)
      return { ...picture, span: { ...picture.span, until: Math.max(picture.span.until, observed.until) } };
    const facts = await history.readEndpointFacts(endpointId);
    if (facts === null) return null;
    const loaded = await loadMemory(history, facts, interval, now);
    marks.set(endpointId, observed.mark);
    return loaded.picture;
  }

  return {
    /** Catches up. `renewals` is the lease's: where it has not grown nothing was told. */
    follow: async (renewals: number): Promise<void> => {
      const latest = clock();
      // It was told after the last look, but for the time that telling takes: so old at least it is taken to be.
      const told = { earliest: lookedAt ?? latest, latest };
      if (renewals > revision) {
        for (const sight of await history.sights.readAfter(revision)) {
          await see(sight.name, sight.body, told);
          revision = sight.revision;
        }
      }
      lookedAt = latest;
    },
    /** Whatever was followed before may be out of date: all of it is read again. */
    beginAnew: (): void => {
      revision = -1;
      lookedAt = null;
      marks.clear();
    },
  };
}

export type Follower = ReturnType<typeof createFollower>;
