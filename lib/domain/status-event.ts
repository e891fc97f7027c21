import type { RolloutEventKind } from "./notable-event";
import { isTerminal, type RolloutStatus } from "./rollout-status";

const endKinds: Partial<Record<RolloutStatus, RolloutEventKind>> = {
  done: "finished",
  error: "failed",
  rolled_back: "rolled_back",
  cancelled: "cancelled",
};

/**
 * What the change of a rollout's status is to people; null: nothing. `lastStatus` is null if the rollout is new, and
 * `hasMoved` says whether it was seen moving before.
 */
export function toStatusKind(
  status: RolloutStatus,
  lastStatus: RolloutStatus | null,
  hasMoved: boolean,
): RolloutEventKind | null {
  if (status === lastStatus) return null;
  if (status === "rolling_back") return "rolling_back";
  if (status !== "in_progress") return endKinds[status] ?? null;
  if (lastStatus !== null && isTerminal(lastStatus)) return "moving_again";
  return hasMoved ? null : "started";
}
