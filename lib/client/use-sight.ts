import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { FreshnessView } from "@/lib/contract/freshness";
import { toSightState, type Sight, type SightState } from "@/lib/domain/sight";

import { timesOf, type Answer } from "./queries/polling";
import { useTicking } from "./time/use-ticking";
import { toSight } from "./to-news";

/**
 * How well this viewer sees what is polled at `path`; draws anew only when that changes. `leastInterval`
 * is for answers about many things, whose age and next poll belong to different ones.
 */
export function useSightState(
  path: string,
  answer: Answer<unknown> | undefined,
  told: FreshnessView["state"],
  leastInterval = 0,
): SightState {
  return useTicking((now) => {
    if (answer === undefined) return told;
    const times = timesOf(path, answer);
    return toSightState(told, { ...times, interval: Math.max(times.interval, leastInterval) }, now);
  });
}

/** The same with its instants; while the view is live none of them is shown, and none draws anew. */
export function useSight(
  path: string,
  answer: Answer<unknown>,
  freshness: EndpointView["freshness"],
  state: SightState,
): Sight {
  const isCutOff = state === "cut_off";
  const observedAt = useTicking(() => (state === "live" ? null : timesOf(path, answer).observedAt));
  const answeredAt = useTicking(() => (isCutOff ? timesOf(path, answer).answeredAt : null));
  const nextPollAt = useTicking(() => (isCutOff ? timesOf(path, answer).nextPollAt : null));
  return toSight(state, freshness, { observedAt, answeredAt, nextPollAt });
}
