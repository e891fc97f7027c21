import type { RolloutDisplay } from "./rollout-display";
import { isTerminal, type RolloutStatus } from "./rollout-status";

/**
 * The one state that every word, shape and color of a rollout stands for: the API's status, sharpened by
 * Rollcall's conclusions. `removed`: the API no longer lists the deployment. `nothing`: none is deployed.
 */
export type DisplayState = RolloutStatus | "stalled" | "regressing" | "incomplete" | "removed" | "nothing";

/** What the display state of a rollout is concluded from. */
export type DisplayStateFacts = Pick<
  RolloutDisplay,
  "status" | "removedSince" | "conditions" | "updatedReplicas" | "totalReplicas" | "errorMessage"
>;

/** The display state of a rollout; null is an endpoint without deployments. */
export function toDisplayState(rollout: DisplayStateFacts | null): DisplayState {
  if (rollout === null) return "nothing";
  if (isIncomplete(rollout)) return "incomplete";
  if (isTerminal(rollout.status)) return rollout.status;
  if (rollout.removedSince !== null) return "removed";
  if (rollout.conditions.includes("stalled")) return "stalled";
  if (rollout.conditions.includes("regressing")) return "regressing";
  return rollout.status;
}

/** Reported as done, but with fewer updated replicas than the total, or with an error message. */
function isIncomplete({ status, updatedReplicas, totalReplicas, errorMessage }: DisplayStateFacts): boolean {
  if (status !== "done") return false;
  const isShort = updatedReplicas !== null && totalReplicas !== null && updatedReplicas < totalReplicas;
  return isShort || errorMessage !== null;
}

/** Every display state, most severe first. */
export const displayStates: readonly DisplayState[] = [
  "error",
  "stalled",
  "regressing",
  "incomplete",
  "rolling_back",
  "in_progress",
  "not_started",
  "unknown",
  "removed",
  "rolled_back",
  "cancelled",
  "done",
  "nothing",
];

/** Sorts failing and moving states before quiet ones. */
export function compareSeverity(a: DisplayState, b: DisplayState): number {
  return displayStates.indexOf(a) - displayStates.indexOf(b);
}

const quiet: ReadonlySet<DisplayState> = new Set(["done", "rolled_back", "cancelled", "nothing", "removed"]);

/** Whether nothing is moving and nothing has failed. */
export function isQuiet(displayState: DisplayState): boolean {
  return quiet.has(displayState);
}
