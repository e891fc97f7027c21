import "server-only";

import type { Duration } from "@/lib/domain/instant";
import type { Log } from "@/lib/server/log";
import type { UpstreamClient } from "@/lib/server/upstream/client";

import { createAsking } from "./ask-endpoint";
import type { EndpointStore } from "@/lib/server/state/endpoint-store";
import type { Clock } from "@/lib/server/clock";
import { createClaims } from "./endpoint-claims";
import type { EndpointState } from "@/lib/server/state/endpoint-state";
import { isActive, replan } from "./plan-intervals";
import { askListing } from "./listing";
import type { StateLoader } from "./state-loader";
import { createRequestQueue } from "./request-queue";
import { createRetries } from "./retry-together";
import { createSchedule } from "./schedule";
import type { HistoryWriter } from "./history-writer";
import { createTimers } from "./timers";
import type { Notifier } from "./notifier";
import { toFailure } from "./poll-failure";
import { createVersionReader } from "./version-reader";
import { hasUnansweredUpdate } from "./update-hint";
import { alone, type WatchOthers, type WatchSettings } from "./watch-settings";

const mostPollsAtOnce = 8;
/** The fractional parts of its multiples are spread evenly, however many there are. */
const goldenRatio = (1 + Math.sqrt(5)) / 2;
/** No endpoint can have this name. */
const listingName = "(listing)";

/**
 * Polls the endpoints of one organization, each once per interval, and records the replies. Polls of one endpoint never
 * overlap, and no failure ends the loop: every failure is shown in the endpoint store.
 */
export function createWatcher(parts: {
  settings: WatchSettings;
  client: Pick<
    UpstreamClient,
    "readEndpoint" | "listEndpoints" | "listVersions" | "readVersion" | "findHold"
  >;
  loader: StateLoader;
  historyWriter: HistoryWriter;
  endpointStore: EndpointStore;
  clock: Clock;
  log: Log;
  /** Called before every poll: whether this instance still leads. */
  mayAsk?: () => Promise<boolean>;
  others?: WatchOthers;
  notifier?: Notifier;
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
  let begunCovering = 0;

  const { ask, fail, stateOf } = createAsking({
    ...{ client, historyWriter, endpointStore, clock, log, pollIdle },
    isOutdated: retries.isOutdated,
    ...(parts.notifier === undefined ? {} : { notifier: parts.notifier }),
  });

  const claims = createClaims({
    ...{ org, endpointIds: settings.endpointIds, pollIdle, endpointStore, loader, historyWriter, clock, log },
    ...others,
    isStopped: () => isStopped,
  });

  const versions = createVersionReader({
    ...{ settings, client, requests, timers, endpointStore, clock, log },
    mayGoOn,
  });

  /** Starts polling every endpoint of this organization. Needs no database. */
  function begin(): void {
    if (isStopped) return;
    claims.shed();
    for (const endpointId of claims.wanted())
      if (named.has(endpointId) || !isRemoved(endpointId)) watch(endpointId);
    replan(endpointStore, settings, clock().tick);
    if (org !== null && !timers.has(listingName)) timers.plan(listingName, 0, () => pollListing(org));
    versions.begin();
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
    const { hint, interval } = stateOf(endpointId);
    const priority = -(startedAt.tick + (hasUnansweredUpdate(hint) ? 0 : interval));
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
    const delay = asked?.wait ?? Math.max(0, toWait(stateOf(endpointId), asked?.former) - took);
    if (!isStopped) schedule.planAgain(endpointId, delay);
  }

  /** The first waits of endpoints that the listing begins to cover are spread evenly over the interval. */
  function toWait({ isCovered, interval }: EndpointState, former: EndpointState | undefined): Duration {
    if (!isCovered || former?.isCovered === true) return interval;
    begunCovering += 1;
    return interval * ((begunCovering * goldenRatio) % 1);
  }

  /**
   * After a good answer: updates the intervals. A shared cause often blinds all endpoints, so when one recovers the
   * others are polled at once.
   */
  function welcomeBack({ endpointId, failures }: EndpointState): void {
    if (!isStopped) setIntervals();
    if (failures === null) return;
    log.info({ endpoint: endpointId }, "endpoint readable again");
    retries.afterRecovery(failures);
  }

  /** Updates the intervals of endpoints and listing, and returns the listing's. */
  function setIntervals(): Duration {
    const { listing: interval } = schedule.setIntervals();
    const listing = endpointStore.listing();
    const { tick } = clock();
    if (org !== null && listing?.nextPoll != null && listing.failures === null)
      if (listing.nextPoll.tick - tick > interval) planListing(org, interval);
    return interval;
  }

  function planListing(name: string, wait: Duration): void {
    const listing = endpointStore.listing();
    if (listing === null) return;
    const { at, tick } = clock();
    endpointStore.setListing({ ...listing, nextPoll: { at: at + wait, tick: tick + wait } });
    timers.plan(listingName, wait, () => pollListing(name));
  }

  async function pollListing(name: string): Promise<void> {
    if (!(await mayGoOn())) return;
    const interval = endpointStore.stretchedTo() ?? pollIdle;
    const lasts = 2 * Math.max(interval, pollIdle, settings.pollListing);
    const askedTick = clock().tick;
    const outcome = await requests.add(
      () => askListing(name, { client, endpointStore, clock, log, interval, lasts }),
      -askedTick,
    );
    if (isStopped) return;
    outcome.listed.forEach(watch);
    outcome.noteUpdates();
    outcome.listed.forEach(retries.askAgainIfRemoved);
    outcome.listed.forEach(askIfUpdated);
    if (outcome.hasRecovered) retries.retryFailing();
    const planned = setIntervals();
    const isOutdated = retries.isOutdated(endpointStore.listing()?.failures?.cause.code, askedTick);
    planListing(name, isOutdated ? 0 : (outcome.wait ?? planned));
  }

  /** Polls an endpoint at once if the listing says that it changed, unless it is polled often or fails. */
  function askIfUpdated(endpointId: string): void {
    const endpointState = endpointStore.get(endpointId);
    if (endpointState === undefined || endpointState.failures !== null || isActive(endpointState)) return;
    if (hasUnansweredUpdate(endpointState.hint)) timers.expedite(endpointId);
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
    /** Polls an endpoint of this organization as soon as it may be polled again. One that fails keeps its turn. */
    pollSoon: schedule.pollSoon,
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
