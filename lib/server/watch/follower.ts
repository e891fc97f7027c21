import "server-only";

import type { Duration } from "@/lib/domain/instant";
import { toDatabaseReason } from "@/lib/server/history/database-problem";
import type { HistoryStore } from "@/lib/server/history/store";
import type { Log } from "@/lib/server/log";

import type { Board } from "./board";
import type { Clock } from "./clock";
import { newMemory, type EndpointPicture, type Moment } from "./endpoint-memory";
import type { House } from "./house";
import { loadMemories, toUnreadable, type Past } from "./load-memory";
import { fromListingName, readEndpointSight, readListingSight, toMemory, type EndpointSight } from "./sight";

/** What was told, `earliest` at the earliest. */
type Told = { earliest: Moment; latest: Moment };
type Seen = { endpointId: string; sight: EndpointSight; board: Board };

/** Puts on this instance's board what the watching one told. */
export function createFollower(parts: {
  history: Past & Pick<HistoryStore, "sights">;
  house: House;
  clock: Clock;
  log: Log;
}) {
  const { history, house, clock, log } = parts;
  const marks = new Map<string, string>();
  let revision = -1;
  let lookedAt: Moment | null = null;
  /** Grows when all is to be read again, also while a look is under way. */
  let beginnings = 0;

  /** What cannot be understood changes nothing: what was known before grows old, visibly. */
  async function see(sights: readonly { name: string; body: string }[], told: Told): Promise<void> {
    const seen: Seen[] = [];
    for (const { name, body } of sights) {
      const lister = fromListingName(name);
      if (lister !== null) {
        seeListing(lister, body, told.latest);
        continue;
      }
      const sight = readEndpointSight(body);
      // What is watched for an organisation of which this instance was told nothing is not for its viewers.
      const board = sight === null ? undefined : house.of(sight.source);
      if (sight !== null && board !== undefined) seen.push({ endpointId: name, sight, board });
    }
    await seeEndpoints(seen, told);
  }

  function seeListing(source: string, body: string, told: Moment): void {
    const sight = readListingSight(body, told);
    const board = house.of(source);
    if (sight === null || board === undefined) return;
    board.setStretchedTo(sight.stretchedTo);
    if (sight.listing !== null) board.setListing(sight.listing);
  }

  /** History is read again only of those of which it holds more than that watching went on. */
  async function seeEndpoints(seen: readonly Seen[], told: Told): Promise<void> {
    const isMoreKnown = ({ endpointId, sight, board }: Seen) =>
      sight.observed !== null &&
      (toFormerPicture(board, endpointId) === null || marks.get(endpointId) !== sight.observed.mark);
    const intervals = new Map<string, Duration>(
      seen.filter(isMoreKnown).map(({ endpointId, sight }) => [endpointId, sight.interval]),
    );
    const loaded = await loadMemories(
      history,
      [...intervals.keys()],
      (id) => intervals.get(id) ?? 0,
      () => told.latest,
    );
    for (const each of seen) {
      const memory = intervals.has(each.endpointId) ? loaded.get(each.endpointId) : "as before";
      if (memory instanceof Error) seeUnreadable(each, memory, told);
      else seeEndpoint(each, memory === "as before" ? "as before" : (memory?.picture ?? null), told);
    }
  }

  /** What a board of any organization shows of an endpoint, which may just have changed hands. */
  function toFormerPicture(board: Board, endpointId: string): EndpointPicture | null {
    return (board.get(endpointId) ?? house.get(endpointId))?.picture ?? null;
  }

  function seeEndpoint(
    { endpointId, sight, board }: Seen,
    loaded: EndpointPicture | "as before" | null,
    told: Told,
  ): void {
    const { observed, interval } = sight;
    const former = board.get(endpointId) ?? house.get(endpointId) ?? newMemory(endpointId, interval);
    house.take(endpointId, sight.source);
    const picture = loaded === "as before" ? extend(former.picture, observed) : loaded;
    board.set(toMemory(former, sight, picture, told));
    if (observed !== null && picture !== null) marks.set(endpointId, observed.mark);
  }

  function seeUnreadable({ endpointId, sight, board }: Seen, error: Error, { latest }: Told): void {
    const former = board.get(endpointId) ?? house.get(endpointId) ?? newMemory(endpointId, sight.interval);
    house.take(endpointId, sight.source);
    const memory = toUnreadable(former, { at: latest.at, retryAt: latest.at + sight.interval });
    if (memory.failures?.count === 1)
      log.error(
        { endpoint: endpointId, fault: toDatabaseReason(error) },
        "History of an endpoint cannot be read.",
      );
    board.set(memory);
  }

  /** What is not among all that is told is not watched any more. */
  function forgetOthers(names: ReadonlySet<string>): void {
    for (const [, board] of house.boards()) board.retain(({ endpointId }) => names.has(endpointId));
  }

  return {
    /** Catches up. `renewals` is the lease's: where it has not grown nothing was told. */
    follow: async (renewals: number): Promise<void> => {
      const latest = clock();
      const beginning = beginnings;
      // It was told after the last look, but for the time that telling takes: so old at least it is taken to be.
      const told = { earliest: lookedAt ?? latest, latest };
      if (renewals > revision) {
        const sights = await history.sights.readAfter(revision);
        await see(sights, told);
        if (beginning !== beginnings) return;
        if (revision === -1) forgetOthers(new Set(sights.map(({ name }) => name)));
        // Not before: several have the same revision, and all are read again where one could not be taken in.
        revision = sights.at(-1)?.revision ?? revision;
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
  observed: EndpointSight["observed"],
): EndpointPicture | null {
  if (picture === null || observed === null) return null;
  return { ...picture, span: { ...picture.span, until: Math.max(picture.span.until, observed.until) } };
}
