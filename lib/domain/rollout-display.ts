import type { DisplayState } from "./display-state";
import type { RolloutState } from "./endpoint-report";
import type { Instant } from "./instant";

/** What sentences, titles and receipts say about one rollout. A rollout's public view has all of it. */
export type RolloutDisplay = Pick<
  RolloutState,
  "status" | "reportedStatus" | "updatedReplicas" | "totalReplicas" | "errorMessage"
> & {
  version: string | null;
  displayState: DisplayState;
  /** When it was requested, or first seen if the API does not say. */
  startedAt: Instant;
  /** When it was first seen ended; null while it lasts, or if it had ended before the first observation. */
  endedAt: Instant | null;
  /** How long it will still take; null without evidence, or unless it is rolling out as usual. */
  timeLeft: { lowSeconds: number; highSeconds: number; evidence: string } | null;
  /** Since when the API no longer lists it. */
  noLongerReportedSince: Instant | null;
};
