import "server-only";

import { formatDuration } from "@/lib/domain/duration";
import type { Cause } from "@/lib/domain/cause";
import { isGap } from "@/lib/domain/gap";
import type { Duration, Instant } from "@/lib/domain/instant";
import type { Observation } from "@/lib/domain/observation";
import type { RolloutFacts } from "@/lib/server/history/recording";

import type { EndpointPicture, Moment } from "./endpoint-memory";

/** What was stamped by a clock that was ahead lies no later than `latest` on the clock as it is now. */
export type ClockCorrection = { latest: Instant; cause: Cause };

/**
 * What is to be corrected when the wall clock was set back behind the last observation; null when it was not,
 * or by no more than two intervals, which observations a millisecond apart bridge.
 */
export function toClockCorrection(input: {
  until: Instant;
  observedTick: Duration;
  interval: Duration;
  received: Moment;
}): ClockCorrection | null {
  const { until, observedTick, interval, received } = input;
  if (!isGap(until - received.at, interval)) return null;
  const elapsed = Math.max(1, Math.ceil(received.tick - observedTick));
  const latest = received.at - elapsed;
  const by = formatDuration(until - latest);
  return {
    latest,
    cause: { code: "paused", message: `The clock of Rollcall's machine was set back by ${by}.` },
  };
}

/** The picture with nothing in it later than `latest`, in the same order. */
export function correctPicture(picture: EndpointPicture, latest: Instant): EndpointPicture {
  const { facts, rollouts, span } = picture;
  return {
    facts: { ...facts, goneSince: atMost(facts.goneSince, latest) },
    rollouts: rollouts.map((rollout) => ({
      facts: correctFacts(rollout.facts, latest),
      observations: correctObservations(rollout.observations, latest),
    })),
    span: { ...span, from: Math.min(span.from, latest), until: latest },
  };
}

function correctFacts(facts: RolloutFacts, latest: Instant): RolloutFacts {
  const { gone } = facts;
  return {
    ...facts,
    firstObservedAt: Math.min(facts.firstObservedAt, latest),
    endedAt: atMost(facts.endedAt, latest),
    errorSince: atMost(facts.errorSince, latest),
    gone:
      gone === null
        ? null
        : { since: Math.min(gone.since, latest), lastSeenAt: Math.min(gone.lastSeenAt, latest) },
  };
}

/**
 * Observations in the order in which they were made, none later than `latest` by more than the milliseconds that
 * keep them apart. Those up to `latest` stay as they are.
 */
export function correctObservations(
  [first, ...others]: readonly [Observation, ...Observation[]],
  latest: Instant,
): [Observation, ...Observation[]] {
  const corrected: [Observation, ...Observation[]] = [{ ...first, ...toInstants(first, null, latest) }];
  let former = corrected[0].at;
  for (const observation of others) {
    const instants = toInstants(observation, former, latest);
    corrected.push({ ...observation, ...instants });
    former = instants.at;
  }
  return corrected;
}

/** When an observation was made, as far as can be said: after the one before it, and not later than `latest`. */
function toInstants(
  { at, notBefore }: Pick<Observation, "at" | "notBefore">,
  former: Instant | null,
  latest: Instant,
): Pick<Observation, "at" | "notBefore"> {
  const corrected = Math.max(Math.min(at, latest), former === null ? Number.NEGATIVE_INFINITY : former + 1);
  return { at: corrected, notBefore: notBefore === null ? null : Math.min(notBefore, corrected - 1) };
}

function atMost(instant: Instant | null, latest: Instant): Instant | null {
  return instant === null ? null : Math.min(instant, latest);
}
