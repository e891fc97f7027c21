import type { Cause } from "./cause";
import type { RolloutState } from "./endpoint-report";
import type { Instant } from "./instant";

/**
 * The moment at which a rollout was first seen in a state.
 * The change into it happened after `notBefore` (the last moment at which the former state was
 * seen; null for the first observation) and no later than `at`.
 */
export type Observation = {
  at: Instant;
  notBefore: Instant | null;
  state: RolloutState;
  /**
   * Set where only texts differ from the observation before: how many other messages were seen between the two
   * and are not kept.
   */
  messagesBetween?: number;
};

/**
 * A stretch of time during which an endpoint was seen at every interval.
 * Between two spans lies a gap; `brokenBy` says why this span ended, once that is known.
 */
export type WatchSpan = {
  from: Instant;
  until: Instant;
  brokenBy: Cause | null;
};

/** Everything known about one rollout, oldest observation first. Never empty. */
export type Rollout = {
  deploymentId: string;
  model: string | null;
  version: string | null;
  versionAlias: string | null;
  createdAt: Instant | null;
  /** The last moment at which the deployment was in a reply. */
  lastSeenAt: Instant;
  /** Set when a later reply no longer listed the deployment. */
  removedSince: Instant | null;
  observations: readonly [Observation, ...Observation[]];
};

/** The newest observation of a track. */
export function latestObservation(rollout: Pick<Rollout, "observations">): Observation {
  return rollout.observations.at(-1) ?? rollout.observations[0];
}
