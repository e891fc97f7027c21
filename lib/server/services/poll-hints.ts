import "server-only";

import { isBlind } from "@/lib/domain/freshness";
import { second, type Duration } from "@/lib/domain/instant";
import type { EndpointMemory, Moment } from "@/lib/server/watch/endpoint-memory";

/** A moment past the border, so that a viewer who asks then is told of the other side. */
const pastTheBorder: Duration = 10;

const longestWait: Duration = 15 * second;
const shortestWait: Duration = 250;
const mostSpreadShare = 4;

/** Milliseconds since the observation; null before the first. */
export function toAge(memory: EndpointMemory, now: Moment): Duration | null {
  return memory.observedTick === null ? null : Math.max(0, Math.round(now.tick - memory.observedTick));
}

/** While polls fail, viewers are to hear that the news has become old when it does. */
function untilDelayed(memory: EndpointMemory, now: Moment): Duration {
  if (memory.failures === null || memory.observedTick === null) return Number.POSITIVE_INFINITY;
  const left = memory.observedTick + 2 * memory.interval - now.tick;
  return left > 0 ? left + pastTheBorder : Number.POSITIVE_INFINITY;
}

/**
 * The age of several endpoints told as one: that of the oldest look that still counts as live, since a younger
 * one would speak for those that were not asked since; of the newest look where none is live; null before the first.
 */
export function toFleetAge(memories: readonly EndpointMemory[], now: Moment): Duration | null {
  let live: Duration | null = null;
  let newest: Duration | null = null;
  for (const memory of memories) {
    const age = toAge(memory, now);
    if (age === null) continue;
    if (newest === null || age < newest) newest = age;
    const isLive = age <= 2 * memory.interval && !isBlind(memory.failures);
    if (isLive && (live === null || age > live)) live = age;
  }
  return live ?? newest;
}

/** The endpoint of which there is news first: it is asked next, or it turns delayed. */
export function soonestNews(memories: readonly EndpointMemory[], now: Moment): EndpointMemory | undefined {
  let soonest: { memory: EndpointMemory; due: Duration } | undefined;
  for (const memory of memories) {
    const due = untilNews(memory, now);
    if (soonest === undefined || due < soonest.due) soonest = { memory, due };
  }
  return soonest?.memory;
}

function untilNews(memory: EndpointMemory, now: Moment): Duration {
  return Math.min((memory.nextPoll?.tick ?? now.tick) - now.tick, untilDelayed(memory, now));
}

/**
 * Hands out when to ask again: just after the server will have asked (its last poll's length
 * later), spread over a millisecond per recent viewer, a quarter of the interval at most, and
 * never more than 15 s from now. While a poll is overdue the wait grows with the delay.
 */
export function createSchedule() {
  const viewers = new Map<string, { revision: number; before: number; now: number }>();

  function nextSlot(memory: EndpointMemory): Duration {
    const known = viewers.get(memory.endpointId) ?? { revision: memory.revision, before: 0, now: 0 };
    const isNewPoll = known.revision !== memory.revision;
    const count = isNewPoll
      ? { revision: memory.revision, before: known.now, now: 1 }
      : { ...known, now: known.now + 1 };
    viewers.set(memory.endpointId, count);
    const recent = Math.max(count.before, count.now);
    const spread = Math.max(1, Math.min(recent, memory.interval / mostSpreadShare));
    return count.now % Math.ceil(spread);
  }

  return {
    /** Milliseconds until it is worth asking about this endpoint again. */
    nextPollIn: (memory: EndpointMemory, now: Moment): Duration => {
      const due = untilNews(memory, now);
      const settling = Math.min(second, memory.lastPollTook * 1.25 + 20);
      const wait = due > 0 ? due + settling : Math.max(settling, Math.min(2 * second, -due));
      return Math.round(Math.min(longestWait, Math.max(shortestWait, wait) + nextSlot(memory)));
    },
  };
}
