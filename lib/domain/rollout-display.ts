import type { Condition } from "./condition";
import type { RolloutState } from "./endpoint-report";
import type { Instant } from "./instant";

/** What a sentence about one rollout needs: its latest state and the instants that give it a length. */
export type RolloutDisplay = Pick<
  RolloutState,
  "status" | "reportedStatus" | "updatedReplicas" | "totalReplicas" | "errorMessage"
> & {
  version: string | null;
  /** When it was requested, or first seen where the API does not say. */
  startedAt: Instant;
  /** When it was first seen ended; null while it lasts, or when it had ended before the first look. */
  endedAt: Instant | null;
  /** Since when the API no longer lists it. */
  removedSince: Instant | null;
  conditions: readonly Condition["code"][];
};
