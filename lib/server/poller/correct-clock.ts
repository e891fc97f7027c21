import "server-only";

import type { Cause } from "@/lib/domain/cause";
import { isGap } from "@/lib/domain/gap";
import { minute, type Duration, type Instant } from "@/lib/domain/instant";
import type { Observation } from "@/lib/domain/observation";
import type { RolloutFacts } from "@/lib/domain/rollout";
import { formatDuration } from "@/lib/presentation/duration";
import type { Moment } from "@/lib/server/clock";
import type { Correction } from "@/lib/server/db/recording";
import type { EndpointState, EndpointPicture, JumpAhead } from "@/lib/server/state/endpoint-state";

/** What this process recorded from `from` to `until` with a clock that was ahead lies no later than `latest`. */
export type ClockCorrection = Omit<Correction, "endpointId">;

/** Whether the clock is behind an instant by more than two intervals, which observations a millisecond apart bridge. */
export function isClockBehind(until: Instant, at: Instant, interval: Duration): boolean {
  return isGap(until - at, interval);
}

/** A clock that is set right comes back this close to where it was before it jumped ahead. */
const closeBy: Duration = minute;

/**
 * What is to be corrected when the clock is behind the last observation: only what this process recorded after it saw
 * the clock jump ahead, and only once that jump is taken back. Null for every other step back: it may be the clock
 * that is wrong now, and what was recorded before cannot be restored.
 */
export function toClockCorrection(input: {
  until: Instant;
  observedTick: Duration;
  interval: Duration;
  jumpAhead: JumpAhead | null;
  received: Moment;
}): ClockCorrection | null {
  const { until, observedTick, interval, jumpAhead, received } = input;
  if (jumpAhead === null || !isClockBehind(until, received.at, interval)) return null;
  const { from, before } = jumpAhead;
  const offBy = received.at - (before.at + received.tick - before.tick);
  if (Math.abs(offBy) > Math.max(closeBy, 2 * interval)) return null;
  const latest = Math.max(received.at - toElapsed(observedTick, received), before.at);
  return { from, until, latest, cause: toSetBack(until - latest) };
}

/** The jump ahead that an answer shows: the clock went on by more than two intervals more than time did. */
export function findJumpAhead(
  endpointState: EndpointState,
  received: Moment,
  from: Instant,
): JumpAhead | null {
  const { picture, observedTick, interval, isFromHistory } = endpointState;
  // Only instants of this clock tell of it: not those of another process, nor those that followed by a millisecond.
  if (picture === null || observedTick === null || isFromHistory || endpointState.isClockBehind) return null;
  const { until } = picture.span;
  const by = received.at - until - (received.tick - observedTick);
  return isGap(by, interval) ? { from, before: { at: until, tick: observedTick } } : null;
}

/** Why observations cannot be dated from here on: the clock has just fallen behind them. Null while it has not. */
export function toStepBack(endpointState: EndpointState, received: Moment): Cause | null {
  const { picture, observedTick, interval, isFromHistory } = endpointState;
  if (picture === null || observedTick === null || endpointState.isClockBehind) return null;
  const { until } = picture.span;
  if (!isClockBehind(until, received.at, interval)) return null;
  if (!isFromHistory) return toSetBack(until - received.at + toElapsed(observedTick, received));
  const by = formatDuration(until - received.at);
  return { code: "paused", message: `The clock of Rollcall's machine is ${by} behind the last observation.` };
}

function toSetBack(by: Duration): Cause {
  return {
    code: "paused",
    message: `The clock of Rollcall's machine was set back by ${formatDuration(by)}.`,
  };
}

function toElapsed(observedTick: Duration, received: Moment): Duration {
  return Math.max(1, Math.ceil(received.tick - observedTick));
}

/** The picture with nothing in it later than `latest`, in the same order. */
export function correctPicture(picture: EndpointPicture, latest: Instant): EndpointPicture {
  const { facts, rollouts, span } = picture;
  return {
    facts: { ...facts, removedSince: atMost(facts.removedSince, latest) },
    rollouts: rollouts.map((rollout) => ({
      facts: correctFacts(rollout.facts, latest),
      observations: correctObservations(rollout.observations, latest),
    })),
    span: { ...span, from: Math.min(span.from, latest), until: latest },
  };
}

function correctFacts(facts: RolloutFacts, latest: Instant): RolloutFacts {
  const { removed } = facts;
  return {
    ...facts,
    firstObservedAt: Math.min(facts.firstObservedAt, latest),
    endedAt: atMost(facts.endedAt, latest),
    errorSince: atMost(facts.errorSince, latest),
    removed:
      removed === null
        ? null
        : { since: Math.min(removed.since, latest), lastSeenAt: Math.min(removed.lastSeenAt, latest) },
  };
}

/**
 * Observations in the order in which they were made, none later than `latest` by more than the milliseconds that
 * keep them apart. Those up to `latest` stay as they are; the place of a moved one is taken by no later message.
 */
export function correctObservations(
  [first, ...others]: readonly [Observation, ...Observation[]],
  latest: Instant,
): [Observation, ...Observation[]] {
  const corrected: [Observation, ...Observation[]] = [move(first, null, latest)];
  let former = corrected[0].at;
  for (const observation of others) {
    const moved = move(observation, former, latest);
    corrected.push(moved);
    former = moved.at;
  }
  return corrected;
}

/** The observation where it was made, as far as can be said: after the one before it, and not later than `latest`. */
function move(observation: Observation, former: Instant | null, latest: Instant): Observation {
  const { notBefore, state } = observation;
  const at = Math.max(
    Math.min(observation.at, latest),
    former === null ? Number.NEGATIVE_INFINITY : former + 1,
  );
  if (at === observation.at) return observation;
  // Of an ended rollout history holds more than memory, so that its newest observation may lie at another instant.
  return { at, notBefore: notBefore === null ? null : Math.min(notBefore, at - 1), state };
}

function atMost(instant: Instant | null, latest: Instant): Instant | null {
  return instant === null ? null : Math.min(instant, latest);
}
