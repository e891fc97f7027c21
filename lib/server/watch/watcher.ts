import "server-only";

import type { CauseCode } from "@/lib/domain/cause";
import { isBlind } from "@/lib/domain/freshness";
import type { Duration } from "@/lib/domain/instant";
import type { EndpointFacts } from "@/lib/server/history/recording";
import type { HistoryStore } from "@/lib/server/history/store";
import type { Log } from "@/lib/server/log";
import type { UpstreamClient } from "@/lib/server/upstream/client";

import { createAsking } from "./ask-endpoint";
import type { Board } from "./board";
import type { Clock } from "./clock";
import { newMemory, type EndpointMemory } from "./endpoint-memory";
import { replan } from "./intervals";
import { askListing } from "./listing";
import { loadMemory } from "./load-memory";
import { createRequestLine } from "./request-line";
import { sharedCauses } from "./retry-delay";
import type { Saver } from "./saver";
import { createTimers } from "./timers";
import { toFailure } from "./to-failure";

const mostPollsAtOnce = 8;
/** No endpoint can be called so. */
const listingName = "(listing)";

export type WatchSettings = {
  org: string | null;
  endpointIds: readonly string[];
  pollActive: Duration;
  pollIdle: Duration;
  maxRequestsPerMinute: number;
  /** Whether an endpoint is watched for another organisation, by its name; left out: there is no other. */
  isElsewhere?: (endpointId: string) => boolean;
};

/**
 * Asks upstream once per endpoint and interval, for everybody, and records what it hears.
 * It never overlaps on one endpoint and never dies: every failure becomes words on the board.
 */
export function createWatcher(parts: {
  settings: WatchSettings;
  client: Pick<UpstreamClient, "readEndpoint" | "listEndpoints" | "findHold">;
  history: HistoryStore;
  saver: Saver;
  board: Board;
  clock: Clock;
  log: Log;
  /** Asked before every question: whether it still is this instance that asks them. */
  mayAsk?: () => Promise<boolean>;
}) {
  const { settings, client, history, saver, board, clock, log } = parts;
  const mayAsk = parts.mayAsk ?? (() => Promise.resolve(true));
  const { org, pollIdle, isElsewhere = () => false } = settings;
  const timers = createTimers();
  const line = createRequestLine({
    atOnce: mostPollsAtOnce,
    most: settings.maxRequestsPerMinute,
    tick: () => clock().tick,
  });
  /** Endpoints of the past that nothing says are ours; the listing may yet name them. */
  const shelved = new Map<string, EndpointFacts>();
  /** Endpoints whose last request timed out by itself. */
  const timedOut = new Set<string>();
  let isStopped = false;
  /** When all that fails was last asked about at once, in monotonic milliseconds. */
  let hastenedTick = Number.NEGATIVE_INFINITY;

  const { ask, fail, recall } = createAsking({ client, saver, board, clock, log, pollIdle, isOutdated });

  async function start(): Promise<void> {
    for (const facts of await history.readEndpoints()) {
      if (isOurs(facts)) board.set(await recallFrom(facts));
      else shelved.set(facts.endpointId, facts);
    }
    if (isStopped) return;
    board.retain(isStillOurs);
    replan(board, settings);
    const listed = board.all().filter(({ picture }) => picture?.facts.goneSince === null);
    new Set([...settings.endpointIds, ...listed.map(({ endpointId }) => endpointId)]).forEach(watch);
    if (org !== null) timers.plan(listingName, 0, () => pollListing(org));
  }

  /** What history says, with what was told by the instance that watched before. */
  async function recallFrom(facts: EndpointFacts): Promise<EndpointMemory> {
    const told = board.get(facts.endpointId);
    const memory = await loadMemory(history, facts, pollIdle, clock());
    if (told?.picture == null || memory.picture === null) return memory;
    const { failures, unread, notFoundInRow, observedTick } = told;
    return { ...memory, failures, unread, notFoundInRow, observedTick };
  }

  /** History of another organisation stays in the database but is neither asked about nor shown. */
  function isOurs(facts: EndpointFacts): boolean {
    if (settings.endpointIds.includes(facts.endpointId)) return true;
    return org !== null && facts.org === org && !isElsewhere(facts.endpointId);
  }

  /** What was on the board before may have been named by settings that are no more. */
  function isStillOurs({ endpointId, picture }: EndpointMemory): boolean {
    if (settings.endpointIds.includes(endpointId)) return true;
    if (isElsewhere(endpointId)) return false;
    return picture === null ? false : isOurs(picture.facts);
  }

  function watch(endpointId: string): void {
    if (isElsewhere(endpointId)) return;
    if (board.get(endpointId) === undefined) board.set(newMemory(endpointId, pollIdle));
    if (!timers.has(endpointId)) timers.plan(endpointId, 0, () => pollEndpoint(endpointId));
  }

  async function mayGoOn(): Promise<boolean> {
    return (await mayAsk()) && !isStopped;
  }

  async function pollEndpoint(endpointId: string): Promise<void> {
    if (!(await mayGoOn())) return;
    if (isElsewhere(endpointId)) {
      board.retain((memory) => memory.endpointId !== endpointId);
      return;
    }
    const startedAt = clock();
    // The earliest deadline first: short intervals go before long ones, and none waits for ever.
    const priority = -(startedAt.tick + recall(endpointId).interval);
    const isSlow = timedOut.has(endpointId);
    // What is held back makes no request, and takes no place among those that do.
    const hold = client.findHold();
    const turn =
      hold === null
        ? line.add(() => ask(endpointId), priority, { isSlow })
        : fail(endpointId, hold, startedAt.tick);
    const asked = await turn.catch((error: unknown) => {
      toFailure(error, log);
      return null;
    });
    if (hold === null && asked?.hasTimedOut === true) timedOut.add(endpointId);
    else if (asked?.wait === null) timedOut.delete(endpointId);
    if (asked?.wait === null) welcomeBack(asked.former);
    if (isStopped) return;
    const took = clock().tick - startedAt.tick;
    const memory = recall(endpointId);
    planPoll({ ...memory, plannedWith: memory.interval }, asked?.wait ?? Math.max(0, memory.interval - took));
  }

  function planPoll(memory: EndpointMemory, delay: Duration): void {
    const { at, tick } = clock();
    board.set({ ...memory, nextPoll: { at: at + delay, tick: tick + delay } });
    timers.plan(memory.endpointId, delay, () => pollEndpoint(memory.endpointId));
  }

  /** Sets the intervals anew. Whoever was to wait longer than its interval now allows is asked sooner. */
  function setIntervals(): void {
    replan(board, settings);
    const { tick } = clock();
    for (const memory of board.all()) {
      const { failures, interval, nextPoll, observedTick } = memory;
      if (isStopped || failures !== null || nextPoll === null || observedTick === null) continue;
      if (nextPoll.tick - tick > interval) planPoll(memory, Math.max(0, observedTick + interval - tick));
    }
  }

  /** A refusal of the key that was replaced while the question was under way says nothing about the new one. */
  function isOutdated(code: CauseCode | undefined, askedTick: number): boolean {
    return askedTick <= hastenedTick && (code === "key_rejected" || code === "key_lacks_access");
  }

  /**
   * After a good answer: sets the intervals anew. What made one endpoint blind often made all of them
   * so: when one is back, the others are asked at once.
   */
  function welcomeBack({ endpointId, failures }: EndpointMemory): void {
    setIntervals();
    if (failures === null) return;
    log.info({ endpoint: endpointId }, "Watching again.");
    // A single hiccup is no reason to cut short the pauses of those that upstream keeps failing.
    if (isBlind(failures) && sharedCauses.has(failures.cause.code)) retryFailing();
  }

  function retryFailing(): void {
    hastenedTick = clock().tick;
    const failing = board
      .all()
      .filter(({ failures }) => failures !== null && sharedCauses.has(failures.cause.code));
    for (const { endpointId } of failing) timers.hasten(endpointId);
    if (board.listing()?.failures) timers.hasten(listingName);
  }

  async function pollListing(name: string): Promise<void> {
    if (!(await mayGoOn())) return;
    const interval = board.stretchedTo() ?? pollIdle;
    const askedTick = clock().tick;
    const outcome = await line.add(
      () => askListing(name, { client, board, clock, log, interval }),
      -askedTick,
    );
    for (const endpointId of outcome.listed) await unshelve(endpointId);
    const listing = board.listing();
    if (isStopped || listing === null) return;
    const now = clock();
    const wait = isOutdated(listing.failures?.cause.code, askedTick) ? 0 : outcome.wait;
    board.setListing({ ...listing, nextPoll: { at: now.at + wait, tick: now.tick + wait } });
    const ours = [...outcome.listed].filter((endpointId) => !shelved.has(endpointId));
    ours.forEach(watch);
    ours.forEach(askAgainIfGone);
    if (outcome.hasRecovered) retryFailing();
    timers.plan(listingName, wait, () => pollListing(name));
  }

  /** Goes on with the history of an endpoint whose replies never said whose it is. */
  async function unshelve(endpointId: string): Promise<void> {
    const facts = shelved.get(endpointId);
    if (facts === undefined) return;
    try {
      board.set(await loadMemory(history, facts, pollIdle, clock()));
      shelved.delete(endpointId);
    } catch (error) {
      toFailure(error, log);
    }
  }

  /** An endpoint that had left the listing and is named again is asked about without waiting. */
  function askAgainIfGone(endpointId: string): void {
    const code = recall(endpointId).failures?.cause.code;
    if (code === "no_longer_listed" || code === "access_lost") timers.hasten(endpointId);
  }

  return {
    start,
    /** Asks at once about everything that fails, for example because the key was replaced. */
    retryFailing,
    /** Asks no more; resolves when nothing is under way. */
    stop: async (): Promise<void> => {
      isStopped = true;
      timers.clear();
      await line.close();
      await saver.idle();
    },
  };
}
