import type { WaitOutcome, WaitedRollout } from "@/lib/domain/wait";

/** How waiting for a rollout ended, as a sentence; `rollout` null: there is no such deployment. */
export function waitSentence(
  outcome: WaitOutcome,
  rollout: (WaitedRollout & { errorMessage: string | null }) | null,
): string {
  if (rollout === null) return "Time is over, and there was no such deployment.";
  const { status, displayState, updatedReplicas, totalReplicas, errorMessage } = rollout;
  switch (outcome) {
    case "done":
      return status === "done" ? "It is done." : `${updatedReplicas ?? "?"} replicas are updated.`;
    case "failed":
      return displayState === "incomplete"
        ? `It was reported done with ${updatedReplicas ?? "?"} of ${totalReplicas ?? "?"} replicas updated.`
        : `It failed: ${errorMessage ?? "no message was reported"}`;
    case "rolledBack":
      return "It was rolled back.";
    case "cancelled":
      return "It was cancelled.";
    case "superseded":
      return "A later deployment took its place.";
    case "timedOut":
      return `Time is over. State of the rollout: ${displayState.replaceAll("_", " ")}.`;
    case "cannotTell":
      return rollout.noLongerReportedSince === null
        ? "Time is over, and Rollcall cannot see the endpoint."
        : "It is no longer reported, and how it ended is unknown.";
  }
}
