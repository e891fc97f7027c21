import { timelineEnd, toInstant } from "@/lib/client/to-rollout-display";
import type { RolloutView } from "@/lib/contract/rollout-view";
import { isTerminal } from "@/lib/domain/rollout-status";

/** Why there is no curve to draw of a rollout, in words. */
export function whyNoChart(rollout: RolloutView, isRead: boolean): string {
  if (!isRead) return "Reading what was recorded.";
  if (rollout.updatedReplicas === null && rollout.totalReplicas === null) {
    return "No counts have been reported, so there is no curve to draw.";
  }
  if (isTerminal(rollout.status) && timelineEnd(rollout) === toInstant(rollout.firstObservedAt)) {
    return "This rollout had ended before Rollcall first looked, so its course was not seen. The next one is recorded from its first moment.";
  }
  return "The first moments are being recorded.";
}
