import "server-only";

import type { HistoryStore } from "@/lib/server/history/store";

import type { Clock } from "./clock";
import { newMemory, type EndpointMemory, type EndpointPicture, type Moment } from "./endpoint-memory";
import type { House } from "./house";
import { loadMemory, type Past } from "./load-memory";
import { fromListingName, readEndpointSight, readListingSight, toMemory, type EndpointSight } from "./sight";

/** Puts on this instance's board what the watching one told. */
export function createFollower(parts: {
  history: Past & Pick<HistoryStore, "sights" | "readEndpointFacts">;
  house: House;
  clock: Clock;
}) {
  const { history, house, clock } = parts;
  const marks = new Map<string, string>();
  let revision = -1;
  let lookedAt: Moment | null = null;

  /** What cannot be understood changes nothing: what was known before grows old, visibly. */
  async function see(name: string, body: string, told: { earliest: Moment; latest: Moment }): Promise<void> {
    const lister = fromListingName(name);
    if (lister !== null) {
      seeListing(lister, body, told.latest);
      return;
    }
    const sight = readEndpointSight(body);
    // What is watched for an organisation of which this instance was told nothing is not for its viewers.
    const board = sight === null ? undefined : house.of(sight.source);
    if (sight === null || board === undefined) return;
    const former = board.get(name) ?? newMemory(name, sight.interval);
    const picture = await toPicture(former, sight, told.latest);
    board.set(toMemory(former, sight, picture, told));
  }

  function seeListing(source: string, body: string, told: Moment): void {
    const sight = readListingSight(body, told);
    const board = house.of(source);
    if (sight === null || board === undefined) return;
    board.setStretchedTo(sight.stretchedTo);
    if (sight.listing !== null) board.setListing(sight.listing);
  }

  /** What is not among all that is told is not watched any more. */
  function forgetOthers(names: ReadonlySet<string>): void {
    for (const [, board] of house.boards()) board.retain(({ endpointId }) => names.has(endpointId));
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
        const sights = await history.sights.readAfter(revision);
        for (const { name, body } of sights) await see(name, body, told);
        if (revision === -1) forgetOthers(new Set(sights.map(({ name }) => name)));
        // Not before: several have the same revision, and all are read again where one could not be taken in.
        revision = sights.at(-1)?.revision ?? revision;
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
