/**
 * Rollout statuses in the Management API's own words.
 * Source: public reference, "Retrieve endpoint status".
 */
export const reportableStatuses = [
  "not_started",
  "in_progress",
  "rolling_back",
  "rolled_back",
  "done",
  "error",
  "cancelled",
] as const;

type ReportableStatus = (typeof reportableStatuses)[number];

/** A reportable status, or `unknown` for any word (or absence of one) outside the published list. */
export type RolloutStatus = ReportableStatus | "unknown";

export const terminalStatuses: ReadonlySet<RolloutStatus> = new Set([
  "done",
  "rolled_back",
  "error",
  "cancelled",
]);
const movingStatuses: ReadonlySet<RolloutStatus> = new Set(["in_progress", "rolling_back"]);

/** Whether the rollout has ended; `unknown` counts as not ended. */
export function isTerminal(status: RolloutStatus): boolean {
  return terminalStatuses.has(status);
}

/** Whether replicas are expected to change right now. */
export function isMoving(status: RolloutStatus): boolean {
  return movingStatuses.has(status);
}

/** Whether a known status says that this rollout has not ended. */
export function isUnderWay(status: RolloutStatus): boolean {
  return status === "not_started" || isMoving(status);
}
