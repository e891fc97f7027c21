import type { Instant } from "./instant";
import type { RolloutStatus } from "./rollout-status";

/** Whether what somebody saw at `seenAt` is still how a rollout failed: an error message that came later is news. */
export function isAcknowledged(
  { status, errorSince }: { status: RolloutStatus; errorSince: Instant | null },
  seenAt: Instant,
): boolean {
  return status === "error" && (errorSince === null || errorSince <= seenAt);
}
