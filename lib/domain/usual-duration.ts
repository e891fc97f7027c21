import { median } from "./extremes";
import type { Duration } from "./instant";
import type { RolloutDisplay } from "./rollout-display";

type Ended = Pick<RolloutDisplay, "displayState" | "startedAt" | "endedAt">;

/** How long a rollout took, in milliseconds; null while it lasts, or if its end was not seen. */
export function durationOf({ startedAt, endedAt }: Omit<Ended, "displayState">): Duration | null {
  return endedAt === null ? null : endedAt - startedAt;
}

/** Whether it succeeded, and its end was seen. */
export function isSeenDone({ displayState, endedAt }: Ended): boolean {
  return displayState === "done" && endedAt !== null;
}

/** The median duration of those rollouts that succeeded and were seen to end, in milliseconds; null without any. */
export function usualDuration(rollouts: readonly Ended[]): Duration | null {
  return median(rollouts.filter(isSeenDone).flatMap((rollout) => durationOf(rollout) ?? []));
}
