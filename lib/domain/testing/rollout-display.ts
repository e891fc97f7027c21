import { toDisplayState, type DisplayStateFacts } from "../display-state";
import { minute } from "../instant";
import type { RolloutDisplay } from "../rollout-display";

/** What differs from v8 rolling out with 7 of 12 replicas updated; the display state follows unless given. */
export type RolloutDisplayChange = Partial<RolloutDisplay & Pick<DisplayStateFacts, "conditions">>;

export function rolloutDisplay({ conditions = [], ...change }: RolloutDisplayChange = {}): RolloutDisplay {
  const facts = {
    status: "in_progress",
    reportedStatus: "in_progress",
    updatedReplicas: 7,
    totalReplicas: 12,
    errorMessage: null,
    version: "8",
    startedAt: 6 * minute,
    endedAt: null,
    timeLeft: null,
    noLongerReportedSince: null,
    ...change,
  } satisfies Omit<RolloutDisplay, "displayState">;
  const { noLongerReportedSince: removedSince } = facts;
  return { displayState: toDisplayState({ ...facts, removedSince, conditions }), ...facts };
}
