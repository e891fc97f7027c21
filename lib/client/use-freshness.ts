import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { FreshnessView } from "@/lib/contract/freshness";
import { toConnectionState, type ViewerFreshness, type ConnectionState } from "@/lib/domain/connection";

import { timesOf, type Answer } from "./queries/polling";
import { useTicking } from "./time/use-ticking";
import { toFreshness, toViewerFreshness } from "./to-rollout-display";

/** How well this viewer sees what is polled at `path`; draws anew only when that changes. */
export function useConnectionState(
  path: string,
  answer: Answer<unknown> | undefined,
  told: FreshnessView["state"],
): ConnectionState {
  return useTicking((now) =>
    answer === undefined ? told : toConnectionState(told, timesOf(path, answer), now),
  );
}

/** The same with its instants; while the view is live none of them is shown, and none draws anew. */
export function useFreshness(
  path: string,
  answer: Answer<unknown>,
  freshness: EndpointView["freshness"],
  state: ConnectionState,
): ViewerFreshness {
  const isCutOff = state === "cut_off";
  const observedAt = useTicking(() => (state === "live" ? null : timesOf(path, answer).observedAt));
  const answeredAt = useTicking(() => (isCutOff ? timesOf(path, answer).answeredAt : null));
  const nextPollAt = useTicking(() => (isCutOff ? timesOf(path, answer).nextPollAt : null));
  return toViewerFreshness(state, toFreshness(freshness), { observedAt, answeredAt, nextPollAt });
}
