import "server-only";

import { isBlind } from "@/lib/domain/freshness";
import { second, type Duration } from "@/lib/domain/instant";
import type { Moment } from "@/lib/server/clock";
import { isActive } from "@/lib/server/poller/plan-intervals";
import type { EndpointState } from "@/lib/server/state/endpoint-state";
import type { ListingState } from "@/lib/server/state/endpoint-store";

/** Just past the threshold, so that a viewer who polls then sees the new state. */
const pastThreshold: Duration = 10;

const longestWait: Duration = 15 * second;
const shortestWait: Duration = 250;
const mostSpreadShare = 4;
/** Its multiples are spread evenly over the unit interval, however many there are. */
const goldenRatio = (Math.sqrt(5) - 1) / 2;

/** What the listing adds to the poll of an endpoint. */
type Listing = Pick<ListingState, "listed" | "nextPoll"> | null;

/**
 * Milliseconds since the observation, or since the listing that showed no change after it; null before the first.
 * `listing` is that of the endpoint's organization.
 */
export function toAge(endpointState: EndpointState, now: Moment, listing: Listing = null): Duration | null {
  const { observedTick, isCovered, hint } = endpointState;
  if (observedTick === null) return null;
  const listedTick = isCovered ? (hint.heldUntil ?? listing?.listed?.tick ?? observedTick) : observedTick;
  return Math.max(0, Math.round(now.tick - Math.max(observedTick, listedTick)));
}

/** Twice this age is old. */
export function toFreshInterval({ isCovered, interval }: EndpointState, listing: Listing = null): Duration {
  return isCovered && listing?.listed != null ? listing.listed.lasts / 2 : interval;
}

/** While polls fail, viewers poll again just when the data becomes delayed. */
function untilDelayed(endpointState: EndpointState, now: Moment): Duration {
  if (endpointState.failures === null || endpointState.observedTick === null) return Number.POSITIVE_INFINITY;
  const left = endpointState.observedTick + 2 * endpointState.interval - now.tick;
  return left > 0 ? left + pastThreshold : Number.POSITIVE_INFINITY;
}

/**
 * One age for several endpoints: that of the oldest poll that still counts as live, because a younger one would hide
 * the others' age; that of the newest poll if none is live; null before the first.
 */
export function toFleetAge(
  endpointStates: readonly EndpointState[],
  now: Moment,
  toListing: (endpointState: EndpointState) => Listing = () => null,
): Duration | null {
  let live: Duration | null = null;
  let newest: Duration | null = null;
  for (const endpointState of endpointStates) {
    const listing = endpointState.isCovered ? toListing(endpointState) : null;
    const age = toAge(endpointState, now, listing);
    if (age === null) continue;
    if (newest === null || age < newest) newest = age;
    const isLive = age <= 2 * toFreshInterval(endpointState, listing) && !isBlind(endpointState.failures);
    if (isLive && (live === null || age > live)) live = age;
  }
  return live ?? newest;
}

/**
 * The endpoint for which a fleet's viewer polls next, and how late for it (milliseconds): it or the listing that covers
 * it is polled next, or it becomes delayed. Where nothing moves, the viewer may be late by a quarter of the interval, so
 * that one request shows what many polls found. Undefined without endpoints.
 */
export function soonestChange(
  endpointStates: readonly EndpointState[],
  now: Moment,
  toListing: (endpointState: EndpointState) => Listing = () => null,
): { endpointState: EndpointState; late: Duration } | undefined {
  let soonest: { endpointState: EndpointState; late: Duration; due: Duration } | undefined;
  for (const endpointState of endpointStates) {
    const listing = endpointState.isCovered ? toListing(endpointState) : null;
    const isDueSoon = endpointState.picture === null || isActive(endpointState);
    const most = isDueSoon ? 0 : toFreshInterval(endpointState, listing) / mostSpreadShare;
    const change = untilChange(endpointState, now, listing);
    const due = Math.min(
      untilPoll(endpointState, now) + most,
      untilListing(listing, now),
      untilDelayed(endpointState, now),
    );
    if (soonest === undefined || due < soonest.due) soonest = { endpointState, late: due - change, due };
  }
  return soonest;
}

function untilChange(endpointState: EndpointState, now: Moment, listing: Listing): Duration {
  const listed = endpointState.isCovered ? untilListing(listing, now) : Infinity;
  return Math.min(untilPoll(endpointState, now), listed, untilDelayed(endpointState, now));
}

function untilPoll({ nextPoll }: EndpointState, now: Moment): Duration {
  return (nextPoll?.tick ?? now.tick) - now.tick;
}

function untilListing(listing: Listing, now: Moment): Duration {
  return (listing?.nextPoll?.tick ?? Infinity) - now.tick;
}

/**
 * Decides when viewers poll next: just after the server's next poll has ended (assuming the duration of its last one),
 * spread over a millisecond per recent viewer, at most over a quarter of the interval, and at most 15 s from now. While
 * the server's poll is overdue, the wait grows with the delay.
 */
export function createSchedule() {
  const viewers = new Map<string, { revision: number; before: number; now: number }>();

  function nextSlot(endpointState: EndpointState, listing: Listing): Duration {
    const revision = endpointState.isCovered
      ? (listing?.listed?.tick ?? endpointState.revision)
      : endpointState.revision;
    const known = viewers.get(endpointState.endpointId) ?? { revision, before: 0, now: 0 };
    const isNewPoll = known.revision !== revision;
    const count = isNewPoll ? { revision, before: known.now, now: 1 } : { ...known, now: known.now + 1 };
    viewers.set(endpointState.endpointId, count);
    const recent = Math.max(count.before, count.now);
    const spread = Math.max(1, Math.min(recent, toFreshInterval(endpointState, listing) / mostSpreadShare));
    // As many as last time take turns. How many more will come is unknown when the first of them asks.
    return count.now <= count.before
      ? count.now % Math.ceil(spread)
      : Math.floor(((count.now * goldenRatio) % 1) * spread);
  }

  return {
    /** Milliseconds until a viewer should poll this endpoint again, later by `late` if it need not be soon. */
    nextPollIn: (endpointState: EndpointState, now: Moment, listing: Listing = null, late = 0): Duration => {
      const due = untilChange(endpointState, now, listing) + late;
      // A listing that shows a change is followed by a poll.
      const polls = endpointState.isCovered ? 2 : 1;
      const settling = Math.min(second, polls * (endpointState.lastPollTook * 1.25 + 20));
      const wait = due > 0 ? due + settling : Math.max(settling, Math.min(2 * second, -due));
      return Math.round(
        Math.min(longestWait, Math.max(shortestWait, wait) + nextSlot(endpointState, listing)),
      );
    },
  };
}
