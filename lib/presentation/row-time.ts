import type { Freshness } from "@/lib/domain/freshness";
import type { Instant } from "@/lib/domain/instant";
import type { RolloutDisplay } from "@/lib/domain/rollout-display";
import { isTerminal } from "@/lib/domain/rollout-status";

import type { Sentence } from "./sentence-text";
import { timeLeftText } from "./time-left-words";

type TimedRollout = RolloutDisplay & {
  conditions: readonly { code: string; since: Instant }[];
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
  const { status, displayState, startedAt, endedAt, noLongerReportedSince, conditions, timeLeft } = rollout;
  if (displayState === "removed" && noLongerReportedSince !== null)
    return ["not reported since ", { at: noLongerReportedSince }];
  if (displayState === "stalled" || displayState === "regressing") {
    const { since } = conditions.find(({ code }) => code === displayState) ?? { since: startedAt };
    return [displayState === "stalled" ? "not moved for " : "for ", { since }];
  }
  if (displayState === "late" || timeLeft !== null) return progressTime(rollout);
  if (endedAt !== null) return ["ended ", { since: endedAt }, " ago"];
  // Its end was not seen, so only its start is certain.
  const began = status === "not_started" || isTerminal(status) ? "requested" : "started";
  return [`${began} `, { since: startedAt }, " ago"];
}

/**
 * The time of a rollout in a few words, for a wall: how long it will still take, how late it is, how long ago it ended,
 * or else how long it has been in its state.
 */
export function progressTime(rollout: TimedRollout): Sentence {
  const { status, displayState, conditions, startedAt, endedAt, timeLeft } = rollout;
  const { since } = conditions.find(({ code }) => code === displayState) ?? { since: startedAt };
  if (displayState === "late") return [{ since }, " over usual"];
  if (timeLeft !== null) return [timeLeftText(timeLeft)];
  if (endedAt !== null) return [{ since: endedAt }, " ago"];
  // Its end was not seen, so only its start is certain.
  return isTerminal(status) ? ["began ", { since: startedAt }, " ago"] : [{ since }];
}
