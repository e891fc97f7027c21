import type { Condition } from "@/lib/domain/condition";
import type { Freshness } from "@/lib/domain/freshness";
import type { Instant } from "@/lib/domain/instant";
import type { RolloutDisplay } from "@/lib/domain/rollout-display";
import { isTerminal } from "@/lib/domain/rollout-status";

import type { Sentence } from "./sentence-text";

type TimedRollout = RolloutDisplay & {
  conditions: readonly { code: Condition["code"]; since: Instant }[];
};

/**
 * The time that matters most about one endpoint of a list: since when it has not been seen, moved or been reported, how
 * long ago its rollout ended, or else when that started. Empty where there is none.
 */
export function rowTime(
  rollout: TimedRollout | null,
  freshness: Pick<Freshness, "state" | "observedAt">,
): Sentence {
  const { state, observedAt } = freshness;
  if (state !== "live") {
    if (observedAt === null) return [];
    return state === "blind"
      ? ["not seen since ", { at: observedAt }]
      : ["last seen ", { since: observedAt }, " ago"];
  }
  if (rollout === null) return [];
  const { status, displayState, startedAt, endedAt, noLongerReportedSince, conditions } = rollout;
  if (displayState === "removed" && noLongerReportedSince !== null)
    return ["not reported since ", { at: noLongerReportedSince }];
  if (displayState === "stalled" || displayState === "regressing") {
    const { since } = conditions.find(({ code }) => code === displayState) ?? { since: startedAt };
    return [displayState === "stalled" ? "not moved for " : "for ", { since }];
  }
  if (endedAt !== null) return ["ended ", { since: endedAt }, " ago"];
  // Its end was not seen, so only its start is certain.
  const began = status === "not_started" || isTerminal(status) ? "requested" : "started";
  return [`${began} `, { since: startedAt }, " ago"];
}
