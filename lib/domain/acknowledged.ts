import type { Instant } from "./instant";
import type { DisplayState } from "./display-state";

/** Whether a rollout ended without success and can therefore be acknowledged. */
export function isFailure(displayState: DisplayState): boolean {
  return displayState === "error" || displayState === "incomplete";
}

/** Whether an acknowledgement made at `seenAt` still covers the failure. A later error message ends it. */
export function isAcknowledged(
  { displayState, errorSince }: { displayState: DisplayState; errorSince: Instant | null },
  seenAt: Instant,
): boolean {
  return isFailure(displayState) && (errorSince === null || errorSince <= seenAt);
}
