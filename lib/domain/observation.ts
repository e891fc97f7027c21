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
