import type { Cause } from "./cause";
import type { RolloutState } from "./endpoint-report";
import type { Instant } from "./instant";

/**
 * The moment at which a rollout was first seen in a state. The change happened after `notBefore` (when the former
 * state was last seen; null for the first observation) and no later than `at`.
 */
export type Observation = {
  at: Instant;
  notBefore: Instant | null;
  state: RolloutState;
  /**
   * Set where only texts differ from the previous observation: the number of other messages between the two, which
   * are not kept.
   */
  messagesBetween?: number;
};

/**
 * A period in which an endpoint was seen at every interval. Between two spans lies a gap; `brokenBy` is why this
 * span ended, once that is known.
 */
export type WatchSpan = {
  from: Instant;
  until: Instant;
  brokenBy: Cause | null;
};

/** The spans (oldest first). The newest lasts as long as `present` says, if that is the same span. */
export function extendNewest(spans: readonly WatchSpan[], present: WatchSpan | null): readonly WatchSpan[] {
  const newest = spans.at(-1);
  if (newest === undefined || present === null || newest.from !== present.from) return spans;
  return [...spans.slice(0, -1), { ...newest, until: Math.max(newest.until, present.until) }];
}
