import "server-only";

import type { Log } from "@/lib/server/log";
import type { UpstreamClient } from "@/lib/server/upstream/client";

import { createAsking } from "./ask-endpoint";
import type { EndpointStore } from "@/lib/server/state/endpoint-store";
import type { Clock } from "@/lib/server/clock";
import { createClaims } from "./endpoint-claims";
import type { EndpointState } from "@/lib/server/state/endpoint-state";
import { replan } from "./plan-intervals";
import { askListing } from "./listing";
import type { StateLoader } from "./state-loader";
import { createRequestQueue } from "./request-queue";
import { createRetries } from "./retry-together";
import { createSchedule } from "./schedule";
import type { HistoryWriter } from "./history-writer";
import { createTimers } from "./timers";
import { toFailure } from "./poll-failure";
import { alone, type WatchOthers, type WatchSettings } from "./watch-settings";

const mostPollsAtOnce = 8;
/** No endpoint can have this name. */
const listingName = "(listing)";

/**
 * Polls the endpoints of one organization, each once per interval, and records the replies. Polls of one endpoint never
 * overlap, and no failure ends the loop: every failure is shown in the endpoint store.
 */
export function createWatcher(parts: {
  settings: WatchSettings;
  client: Pick<UpstreamClient, "readEndpoint" | "listEndpoints" | "findHold">;
  loader: StateLoader;
  historyWriter: HistoryWriter;
  endpointStore: EndpointStore;
  clock: Clock;
  log: Log;
  /** Called before every poll: whether this instance still leads. */
  mayAsk?: () => Promise<boolean>;
  others?: WatchOthers;
}) {
  const { settings, client, loader, historyWriter, endpointStore, clock, log, others = alone } = parts;
  const mayAsk = parts.mayAsk ?? (() => Promise.resolve(true));
  const { org, pollIdle } = settings;
  const timers = createTimers();
  const requests = createRequestQueue({
    atOnce: mostPollsAtOnce,
    most: settings.maxRequestsPerMinute,
    tick: () => clock().tick,
  });
  /** Endpoints whose last request timed out. */
  const timedOut = new Set<string>();
  const named = new Set(settings.endpointIds);
  const retries = createRetries({ endpointStore, timers, clock, listingName });
  const schedule = createSchedule({ settings, endpointStore, timers, clock, poll: pollEndpoint });
  let isStopped = false;

  const { ask, fail, stateOf } = createAsking({
    ...{ client, historyWriter, endpointStore, clock, log, pollIdle },
    isOutdated: retries.isOutdated,
  });

  const claims = createClaims({
    ...{ org, endpointIds: settings.endpointIds, pollIdle, endpointStore, loader, historyWriter, clock, log },
    ...others,
    isStopped: () => isStopped,
  });

  /** Starts polling every endpoint of this organization. Needs no database. */
  function begin(): void {
    if (isStopped) return;
    claims.shed();
    for (const endpointId of claims.wanted())
      if (named.has(endpointId) || !isRemoved(endpointId)) watch(endpointId);
    replan(endpointStore, settings);
    if (org !== null && !timers.has(listingName)) timers.plan(listingName, 0, () => pollListing(org));
  }

  /** Delisted endpoints are polled again only when a listing names them. */
  function isRemoved(endpointId: string): boolean {
    return endpointStore.get(endpointId)?.picture?.facts.removedSince != null;
  }

  function watch(endpointId: string): void {
    const isNew = claims.claim(endpointId);
    if (endpointStore.get(endpointId) === undefined) return;
    if (!timers.has(endpointId)) timers.plan(endpointId, 0, () => pollEndpoint(endpointId));
    else if (isNew) timers.expedite(endpointId);
  }

  async function mayGoOn(): Promise<boolean> {
    return (await mayAsk()) && !isStopped;
  }

  async function pollEndpoint(endpointId: string): Promise<void> {
    if (!(await mayGoOn())) return;
    const startedAt = clock();
    if (!claims.isLoaded(endpointId) && !(await claims.load(endpointId))) {
      if (!isStopped) schedule.planAgain(endpointId, pollIdle);
      return;
    }
    // Earliest deadline first: short intervals go before long ones, and none starves.
    const priority = -(startedAt.tick + stateOf(endpointId).interval);
    const isSlow = timedOut.has(endpointId);
    // A poll that is held back makes no request and takes no slot in the queue.
    const hold = client.findHold();
    const turn =
      hold === null
        ? requests.add(() => ask(endpointId), priority, { isSlow })
        : fail(endpointId, hold, startedAt.tick);
    const asked = await turn.catch((error: unknown) => {
      toFailure(error, log);
      return null;
    });
    if (hold === null && asked?.hasTimedOut === true) timedOut.add(endpointId);
    else if (asked?.wait === null) timedOut.delete(endpointId);
    if (asked?.wait === null) welcomeBack(asked.former);
    const took = clock().tick - startedAt.tick;
    const delay = asked?.wait ?? Math.max(0, stateOf(endpointId).interval - took);
    if (!isStopped) schedule.planAgain(endpointId, delay);
  }

  /**
   * After a good answer: updates the intervals. A shared cause often blinds all endpoints, so when one recovers the
   * others are polled at once.
   */
  function welcomeBack({ endpointId, failures }: EndpointState): void {
    if (!isStopped) schedule.setIntervals();
    if (failures === null) return;
    log.info({ endpoint: endpointId }, "endpoint readable again");
    retries.afterRecovery(failures);
  }

  async function pollListing(name: string): Promise<void> {
    if (!(await mayGoOn())) return;
    const interval = endpointStore.stretchedTo() ?? pollIdle;
    const askedTick = clock().tick;
    const outcome = await requests.add(
      () => askListing(name, { client, endpointStore, clock, log, interval }),
      -askedTick,
    );
    const listing = endpointStore.listing();
    if (isStopped || listing === null) return;
    const now = clock();
    const wait = retries.isOutdated(listing.failures?.cause.code, askedTick) ? 0 : outcome.wait;
    endpointStore.setListing({ ...listing, nextPoll: { at: now.at + wait, tick: now.tick + wait } });
    outcome.listed.forEach(watch);
    outcome.listed.forEach(retries.askAgainIfRemoved);
    if (outcome.hasRecovered) retries.retryFailing();
    timers.plan(listingName, wait, () => pollListing(name));
  }

  return {
    /** Continues from history. Rejects when the database does not answer. */
    start: async (): Promise<void> => {
      await claims.loadOurs();
      begin();
    },
    begin,
    /** Removes the endpoints that the settings now give to others, and returns them. */
    shed: claims.shed,
    /** Polls everything that fails at once, for example because the key was replaced. */
    retryFailing: retries.retryFailing,
    /** Stops polling; resolves when nothing is under way. */
    stop: async (): Promise<void> => {
      isStopped = true;
      timers.clear();
      await requests.close();
      await historyWriter.idle();
    },
  };
}
