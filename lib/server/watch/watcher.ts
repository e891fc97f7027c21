import "server-only";

import PQueue from "p-queue";

import { minute, type Duration } from "@/lib/domain/instant";
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
  client: Pick<UpstreamClient, "readEndpoint" | "listEndpoints">;
  history: HistoryStore;
  saver: Saver;
  board: Board;
  clock: Clock;
  log: Log;
}) {
  const { settings, client, history, saver, board, clock, log } = parts;
  const timers = createTimers();
  const keptBodies = new Map<string, string>();
  const queue = new PQueue({
    concurrency: mostPollsAtOnce,
    interval: minute,
    intervalCap: settings.maxRequestsPerMinute,
    strict: true,
  });
  let isStopped = false;

  async function start(): Promise<void> {
    const now = clock();
    for (const facts of await history.readEndpoints()) {
      if (isOurs(facts)) board.set(await loadMemory(history, facts, settings.pollIdle, now));
    }
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
    const wait = await queue.add(() => ask(endpointId), { priority });
    if (isStopped) return;
    const memory = recall(endpointId);
    const now = clock();
    const delay = wait ?? Math.max(0, memory.interval - (now.tick - startedAt.tick));
    board.set({ ...memory, nextPoll: { at: now.at + delay, tick: now.tick + delay } });
    timers.plan(endpointId, delay, () => pollEndpoint(endpointId));
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
      board.set({ ...result.memory, lastPollTook: clock().tick - asked.tick });
      replan(board, settings);
      if (memory.failures !== null) welcomeBack(memory);
      return null;
    } catch (error) {
      return fail(endpointId, error);
    }
  }

  async function fail(endpointId: string, error: unknown): Promise<Duration> {
    const memory = recall(endpointId);
    const failure = toFailure(error, log);
    const { at } = clock();
    const wait = retryDelay(failure, (memory.failures?.count ?? 0) + 1, memory.interval);
    const listed = board.listing()?.listed ?? null;
    const result = takeFailure({ memory, failure, listed, at, retryAt: at + wait });
    if (memory.failures?.cause.code !== result.memory.failures?.cause.code) {
      log.warn({ endpoint: endpointId, cause: failure.code, detail: failure.detail }, failure.message);
    }
    await saver.save(result.entries, at);
    board.set(result.memory);
    return wait;
  }

  function recall(endpointId: string): EndpointMemory {
    return board.get(endpointId) ?? newMemory(endpointId, settings.pollIdle);
  }

  /** What made one endpoint blind often made all of them so: when one is back, the others are asked at once. */
  function welcomeBack({ endpointId, failures }: EndpointMemory): void {
    log.info({ endpoint: endpointId }, "Watching again.");
    if (failures !== null && sharedCauses.has(failures.cause.code)) retryFailing();
  }

  function retryFailing(): void {
    const failing = board
      .all()
      .filter(({ failures }) => failures !== null && sharedCauses.has(failures.cause.code));
    for (const { endpointId } of failing) timers.hasten(endpointId);
    if (board.listing()?.failures) timers.hasten(listingName);
  }

  async function pollListing(org: string): Promise<void> {
    const interval = board.stretchedTo() ?? settings.pollIdle;
    const outcome = await queue.add(() => askListing(org, { client, board, clock, log, interval }), {
      priority: priorities.listing,
    });
    const listing = board.listing();
    if (isStopped || listing === null) return;
    const now = clock();
    board.setListing({ ...listing, nextPoll: { at: now.at + outcome.wait, tick: now.tick + outcome.wait } });
    outcome.listed.forEach(watch);
    outcome.listed.forEach(askAgainIfGone);
    if (outcome.hasRecovered) retryFailing();
    timers.plan(listingName, outcome.wait, () => pollListing(org));
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
      queue.clear();
      await queue.onIdle();
      await saver.idle();
    },
  };
}
