import type { Instant } from "./instant";
import type { Standing } from "./standing";

/** Whether a rollout ended without success, so that somebody may acknowledge it. */
export function isFailure(standing: Standing): boolean {
  return standing === "error" || standing === "incomplete";
}

/** Whether what somebody saw at `seenAt` is still how a rollout failed: an error message that came later is news. */
export function isAcknowledged(
  { standing, errorSince }: { standing: Standing; errorSince: Instant | null },
  seenAt: Instant,
): boolean {
  return isFailure(standing) && (errorSince === null || errorSince <= seenAt);
}
