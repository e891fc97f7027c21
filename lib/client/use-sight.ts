import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { FreshnessView } from "@/lib/contract/freshness";
import { toSightState, type Sight, type SightState } from "@/lib/domain/sight";

import { timesOf, type Answer } from "./queries/polling";
import { useTicking } from "./time/use-ticking";
import { toFreshness, toSight } from "./to-news";

/** How well this viewer sees what is polled at `path`; draws anew only when that changes. */
export function useSightState(
  path: string,
  answer: Answer<unknown> | undefined,
  told: FreshnessView["state"],
): SightState {
  return useTicking((now) => (answer === undefined ? told : toSightState(told, timesOf(path, answer), now)));
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
  return toSight(state, toFreshness(freshness), { observedAt, answeredAt, nextPollAt });
}
