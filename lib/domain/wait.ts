import type { DisplayState } from "./display-state";
import type { Instant } from "./instant";
import type { RolloutStatus } from "./rollout-status";

/** How far a caller waits: until the rollout is done, or until a share or a number of its replicas is updated. */
export type WaitGoal = "done" | { percent: number } | { replicas: number };

/** Parses `done`, `50%` or `7`; null for anything else. */
export function parseWaitGoal(text: string): WaitGoal | null {
  if (text === "done") return "done";
  const [, percent, replicas] = /^(?:(100|[1-9]\d?)%|([1-9]\d{0,6}))$/.exec(text) ?? [];
  if (percent !== undefined) return { percent: Number(percent) };
  return replicas === undefined ? null : { replicas: Number(replicas) };
}

/** How waiting for a rollout ends, in the words of `rollcall wait --json`, with that command's exit codes. */
export const waitExitCodes = {
  ...{ done: 0, failed: 1, rolledBack: 3, cancelled: 4, superseded: 5 },
  ...{ timedOut: 70, cannotTell: 75 },
} as const;

export type WaitOutcome = keyof typeof waitExitCodes;

export type WaitedRollout = {
  deploymentId: string;
  status: RolloutStatus;
  displayState: DisplayState;
  updatedReplicas: number | null;
  totalReplicas: number | null;
  noLongerReportedSince: Instant | null;
};

/**
 * How the rollout ended; null while it goes on. `current` is the endpoint's current rollout: a later one never answers
 * for this one, but it can take its place.
 */
export function judgeWait(
  rollout: WaitedRollout,
  goal: WaitGoal,
  current: Pick<WaitedRollout, "deploymentId" | "status"> | null,
): WaitOutcome | null {
  const { status, displayState, noLongerReportedSince } = rollout;
  if (displayState === "incomplete" || status === "error") return "failed";
  if (status === "rolled_back") return "rolledBack";
  if (status === "cancelled") return "cancelled";
  if (status === "done") return "done";
  const isReplaced = current !== null && current.deploymentId !== rollout.deploymentId;
  if (isReplaced && (current.status === "done" || noLongerReportedSince !== null)) return "superseded";
  if (noLongerReportedSince !== null) return "cannotTell";
  return isFarEnough(rollout, goal) ? "done" : null;
}

function isFarEnough({ status, updatedReplicas, totalReplicas }: WaitedRollout, goal: WaitGoal): boolean {
  if (goal === "done" || status !== "in_progress" || updatedReplicas === null) return false;
  if ("replicas" in goal) return updatedReplicas >= goal.replicas;
  return totalReplicas !== null && totalReplicas > 0 && updatedReplicas * 100 >= totalReplicas * goal.percent;
}
