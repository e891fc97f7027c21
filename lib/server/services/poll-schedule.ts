import "server-only";

import { isBlind } from "@/lib/domain/freshness";
import { second, type Duration } from "@/lib/domain/instant";
import type { Moment } from "@/lib/server/clock";
import type { EndpointState } from "@/lib/server/state/endpoint-state";

/** Just past the threshold, so that a viewer who polls then sees the new state. */
const pastThreshold: Duration = 10;

const longestWait: Duration = 15 * second;
const shortestWait: Duration = 250;
const mostSpreadShare = 4;

/** Milliseconds since the observation; null before the first. */
export function toAge(endpointState: EndpointState, now: Moment): Duration | null {
  return endpointState.observedTick === null
    ? null
    : Math.max(0, Math.round(now.tick - endpointState.observedTick));
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
export function toFleetAge(endpointStates: readonly EndpointState[], now: Moment): Duration | null {
  let live: Duration | null = null;
  let newest: Duration | null = null;
  for (const endpointState of endpointStates) {
    const age = toAge(endpointState, now);
    if (age === null) continue;
    if (newest === null || age < newest) newest = age;
    const isLive = age <= 2 * endpointState.interval && !isBlind(endpointState.failures);
    if (isLive && (live === null || age > live)) live = age;
  }
  return live ?? newest;
}

/** The endpoint that may change first: it is polled next, or becomes delayed. */
export function soonestChange(
  endpointStates: readonly EndpointState[],
  now: Moment,
): EndpointState | undefined {
  let soonest: { endpointState: EndpointState; due: Duration } | undefined;
  for (const endpointState of endpointStates) {
    const due = untilChange(endpointState, now);
    if (soonest === undefined || due < soonest.due) soonest = { endpointState, due };
  }
  return soonest?.endpointState;
}

function untilChange(endpointState: EndpointState, now: Moment): Duration {
  return Math.min((endpointState.nextPoll?.tick ?? now.tick) - now.tick, untilDelayed(endpointState, now));
}

/**
 * Decides when viewers poll next: just after the server's next poll has ended (assuming the duration of its last one),
 * spread over a millisecond per recent viewer, at most over a quarter of the interval, and at most 15 s from now. While
 * the server's poll is overdue, the wait grows with the delay.
 */
export function createSchedule() {
  const viewers = new Map<string, { revision: number; before: number; now: number }>();

  function nextSlot(endpointState: EndpointState): Duration {
    const known = viewers.get(endpointState.endpointId) ?? {
      revision: endpointState.revision,
      before: 0,
      now: 0,
    };
    const isNewPoll = known.revision !== endpointState.revision;
    const count = isNewPoll
      ? { revision: endpointState.revision, before: known.now, now: 1 }
      : { ...known, now: known.now + 1 };
    viewers.set(endpointState.endpointId, count);
    const recent = Math.max(count.before, count.now);
    const spread = Math.max(1, Math.min(recent, endpointState.interval / mostSpreadShare));
    return count.now % Math.ceil(spread);
  }

  return {
    /** Milliseconds until a viewer should poll this endpoint again. */
    nextPollIn: (endpointState: EndpointState, now: Moment): Duration => {
      const due = untilChange(endpointState, now);
      const settling = Math.min(second, endpointState.lastPollTook * 1.25 + 20);
      const wait = due > 0 ? due + settling : Math.max(settling, Math.min(2 * second, -due));
      return Math.round(Math.min(longestWait, Math.max(shortestWait, wait) + nextSlot(endpointState)));
    },
  };
}
