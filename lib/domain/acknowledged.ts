import type { Instant } from "./instant";
import type { DisplayState } from "./display-state";

/** Whether a rollout ended without success, so that somebody may acknowledge it. */
export function isFailure(displayState: DisplayState): boolean {
  return displayState === "error" || displayState === "incomplete";
}

/** Whether what somebody saw at `seenAt` is still how a rollout failed: an error message that came later is news. */
export function isAcknowledged(
  { displayState, errorSince }: { displayState: DisplayState; errorSince: Instant | null },
  seenAt: Instant,
): boolean {
  return isFailure(displayState) && (errorSince === null || errorSince <= seenAt);
}
