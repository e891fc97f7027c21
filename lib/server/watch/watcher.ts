import "server-only";

import type { CauseCode } from "@/lib/domain/cause";
import { isBlind } from "@/lib/domain/freshness";
import type { Duration } from "@/lib/domain/instant";
import type { EndpointFacts } from "@/lib/server/history/recording";
import type { HistoryStore } from "@/lib/server/history/store";
import type { Log } from "@/lib/server/log";
import type { UpstreamClient } from "@/lib/server/upstream/client";

import type { Board } from "./board";
import type { Clock } from "./clock";
import { newMemory, type EndpointMemory } from "./endpoint-memory";
import { isActive, replan } from "./intervals";
import { askListing } from "./listing";
import { loadMemory } from "./load-memory";
import { takeAnswer, takeFailure } from "./poll-endpoint";
import { createRequestLine } from "./request-line";
import { retryDelay, sharedCauses } from "./retry-delay";
import type { Saver } from "./saver";
import { createTimers } from "./timers";
import { toFailure } from "./to-failure";

const listingName = "(listing)";
const mostPollsAtOnce = 8;
const priorities = { idle: 0, active: 1, listing: 2 };

export type Watcher = ReturnType<typeof createWatcher>;

export type WatchSettings = {
  org: string | null;
  endpointIds: readonly string[];
  pollActive: Duration;
  pollIdle: Duration;
  maxRequestsPerMinute: number;
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
}) {
  const { settings, client, history, saver, board, clock, log } = parts;
  const timers = createTimers();
  const keptBodies = new Map<string, string>();
  const line = createRequestLine({
    atOnce: mostPollsAtOnce,
    most: settings.maxRequestsPerMinute,
    tick: () => clock().tick,
  });
  /** Endpoints of the past that nothing says are ours; the listing may yet name them. */
  const shelved = new Map<string, EndpointFacts>();
  let isStopped = false;
  /** When all that fails was last asked about at once, in monotonic milliseconds. */
  let hastenedTick = Number.NEGATIVE_INFINITY;

  async function start(): Promise<void> {
    const now = clock();
    for (const facts of await history.readEndpoints()) {
      if (isOurs(facts)) board.set(await loadMemory(history, facts, settings.pollIdle, now));
      else shelved.set(facts.endpointId, facts);
    }
    if (isStopped) return;
    replan(board, settings);
    const listed = board.all().filter(({ picture }) => picture?.facts.goneSince === null);
    new Set([...settings.endpointIds, ...listed.map(({ endpointId }) => endpointId)]).forEach(watch);
    const { org } = settings;
    if (org !== null) timers.plan(listingName, 0, () => pollListing(org));
  }

  /** History of another organisation stays in the database but is neither asked about nor shown. */
  function isOurs({ endpointId, org }: EndpointFacts): boolean {
    return settings.endpointIds.includes(endpointId) || (settings.org !== null && org === settings.org);
  }

  function watch(endpointId: string): void {
    if (board.get(endpointId) === undefined) board.set(newMemory(endpointId, settings.pollIdle));
    if (!timers.has(endpointId)) timers.plan(endpointId, 0, () => pollEndpoint(endpointId));
  }

  async function pollEndpoint(endpointId: string): Promise<void> {
    const startedAt = clock();
    const priority = isActive(recall(endpointId)) ? priorities.active : priorities.idle;
    // What is held back makes no request, and takes no place among those that do.
    const hold = client.findHold();
    const turn = hold === null ? line.add(() => ask(endpointId), priority) : fail(endpointId, hold);
    const wait = await turn.catch((error: unknown) => {
      toFailure(error, log);
      return null;
    });
    if (isStopped) return;
    const took = clock().tick - startedAt.tick;
    const memory = recall(endpointId);
    planPoll({ ...memory, plannedWith: memory.interval }, wait ?? Math.max(0, memory.interval - took));
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

  /** Asks once. Resolves with the wait that a failure calls for, or null when the interval decides. */
  async function ask(endpointId: string): Promise<Duration | null> {
    const asked = clock();
    try {
      const { report, raw } = await client.readEndpoint(endpointId);
      const memory = recall(endpointId);
      const reply = keptBodies.get(endpointId) === raw.body ? null : raw;
      const result = takeAnswer({ memory, report, reply, asked, received: clock() });
      keptBodies.set(endpointId, raw.body);
      await saver.save(result.entries, asked.at);
      const { interval } = recall(endpointId);
      board.set({ ...result.memory, interval, lastPollTook: clock().tick - asked.tick });
      setIntervals();
      if (memory.failures !== null) welcomeBack(memory);
      return null;
    } catch (error) {
      return fail(endpointId, error, asked.tick);
    }
  }

  async function fail(endpointId: string, error: unknown, askedTick = clock().tick): Promise<Duration> {
    const memory = recall(endpointId);
    const failure = toFailure(error, log);
    const { at } = clock();
    const delay = retryDelay(failure, (memory.failures?.count ?? 0) + 1, memory.interval);
    const wait = isOutdated(failure.code, askedTick) ? 0 : delay;
    const listed = board.listing()?.listed ?? null;
    const result = takeFailure({ memory, failure, listed, at, retryAt: at + wait });
    if (memory.failures?.cause.code !== result.memory.failures?.cause.code) {
      log.warn({ endpoint: endpointId, cause: failure.code, detail: failure.detail }, failure.message);
    }
    await saver.save(result.entries, at);
    board.set({ ...result.memory, interval: recall(endpointId).interval });
    return wait;
  }

  /** A refusal of the key that was replaced while the question was under way says nothing about the new one. */
  function isOutdated(code: CauseCode | undefined, askedTick: number): boolean {
    return askedTick <= hastenedTick && (code === "key_rejected" || code === "key_lacks_access");
  }

  function recall(endpointId: string): EndpointMemory {
    return board.get(endpointId) ?? newMemory(endpointId, settings.pollIdle);
  }

  /** What made one endpoint blind often made all of them so: when one is back, the others are asked at once. */
  function welcomeBack({ endpointId, failures }: EndpointMemory): void {
    log.info({ endpoint: endpointId }, "Watching again.");
    // A single hiccup is no reason to cut short the pauses of those that upstream keeps failing.
    if (failures !== null && isBlind(failures) && sharedCauses.has(failures.cause.code)) retryFailing();
  }

  function retryFailing(): void {
    hastenedTick = clock().tick;
    const failing = board
      .all()
      .filter(({ failures }) => failures !== null && sharedCauses.has(failures.cause.code));
    for (const { endpointId } of failing) timers.hasten(endpointId);
    if (board.listing()?.failures) timers.hasten(listingName);
  }

  async function pollListing(org: string): Promise<void> {
    const interval = board.stretchedTo() ?? settings.pollIdle;
    const askedTick = clock().tick;
    const outcome = await line.add(
      () => askListing(org, { client, board, clock, log, interval }),
      priorities.listing,
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
    timers.plan(listingName, wait, () => pollListing(org));
  }

  /** Goes on with the history of an endpoint whose replies never said whose it is. */
  async function unshelve(endpointId: string): Promise<void> {
    const facts = shelved.get(endpointId);
    if (facts === undefined) return;
    try {
      board.set(await loadMemory(history, facts, settings.pollIdle, clock()));
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
