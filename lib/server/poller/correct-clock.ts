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

/** What this process recorded from `from` to `until` with a clock that was ahead is moved to `latest` at the latest. */
export type ClockCorrection = Omit<Correction, "endpointId">;

/** Whether the clock is more than two intervals behind an instant. Less is bridged by observations a millisecond apart. */
export function isClockBehind(until: Instant, at: Instant, interval: Duration): boolean {
  return isGap(until - at, interval);
}

/** A corrected clock comes back at least this close to where it would be without the jump. */
const closeBy: Duration = minute;

/**
 * What to correct when the clock is behind the last observation: only what this process recorded after it saw the clock
 * jump ahead, and only once that jump is taken back. Null for every other step back: the clock may be wrong now, and a
 * correction of good records could not be undone.
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

/** The jump ahead that an answer shows: the clock advanced over two intervals more than the time that passed. */
export function findJumpAhead(
  endpointState: EndpointState,
  received: Moment,
  from: Instant,
): JumpAhead | null {
  const { picture, observedTick, interval, isFromHistory } = endpointState;
  // Instants of another process, and those that followed by a millisecond, say nothing about this clock.
  if (picture === null || observedTick === null || isFromHistory || endpointState.isClockBehind) return null;
  const { until } = picture.span;
  const by = received.at - until - (received.tick - observedTick);
  return isGap(by, interval) ? { from, before: { at: until, tick: observedTick } } : null;
}

/** The cause of a gap when the clock has just fallen behind the last observation; null otherwise. */
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

/** The picture with every instant moved to `latest` at the latest, in the same order. */
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
 * Observations in their order, none later than `latest` by more than the milliseconds that keep them apart. Those up to
 * `latest` stay as they are. A moved one is no longer replaced by a later message of its run.
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

/** The observation moved to `latest`, or to a millisecond after the one before it. */
function move(observation: Observation, former: Instant | null, latest: Instant): Observation {
  const { notBefore, state } = observation;
  const at = Math.max(
    Math.min(observation.at, latest),
    former === null ? Number.NEGATIVE_INFINITY : former + 1,
  );
  if (at === observation.at) return observation;
  // Without `messagesBetween`: history holds more of an ended rollout than memory, so the instant may differ there.
  return { at, notBefore: notBefore === null ? null : Math.min(notBefore, at - 1), state };
}

function atMost(instant: Instant | null, latest: Instant): Instant | null {
  return instant === null ? null : Math.min(instant, latest);
}
