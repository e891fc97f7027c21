import type { Condition } from "./condition";
import type { RolloutState } from "./endpoint-report";
import type { Instant } from "./instant";
import { isTerminal, type RolloutStatus } from "./rollout-status";

/**
 * The one state that every word, shape and color of a rollout stands for: the API's status, sharpened by
 * Rollcall's conclusions. `removed`: the API no longer lists the deployment. `nothing`: none is deployed.
 */
export type DisplayState =
  RolloutStatus | "stalled" | "late" | "regressing" | "incomplete" | "removed" | "nothing";

/** What the display state of a rollout is concluded from. */
export type DisplayStateFacts = Pick<
  RolloutState,
  "status" | "updatedReplicas" | "totalReplicas" | "errorMessage"
> & {
  /** Since when the API no longer lists it. */
  removedSince: Instant | null;
  conditions: readonly Condition["code"][];
};

type RolloutDisplayState = Exclude<DisplayState, "nothing">;

/** Concludes the display state of a rollout. */
export function toDisplayState(rollout: DisplayStateFacts): RolloutDisplayState {
  if (isIncomplete(rollout)) return "incomplete";
  if (isTerminal(rollout.status)) return rollout.status;
  if (rollout.removedSince !== null) return "removed";
  if (rollout.conditions.includes("stalled")) return "stalled";
  if (rollout.conditions.includes("regressing")) return "regressing";
  if (rollout.conditions.includes("late")) return "late";
  return rollout.status;
}

/** The display state of an endpoint, which is that of its current rollout; null: nothing is deployed. */
export function displayStateOf(rollout: { displayState: DisplayState } | null): DisplayState {
  return rollout?.displayState ?? "nothing";
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
  "late",
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

/** Display states that a fleet counts as one, named after the most common of them. */
export type StateKind =
  "error" | "stalled" | "incomplete" | "rolling_back" | "in_progress" | "not_started" | "unknown" | "quiet";

const kinds: Record<DisplayState, StateKind> = {
  error: "error",
  stalled: "stalled",
  late: "in_progress",
  regressing: "stalled",
  incomplete: "incomplete",
  rolling_back: "rolling_back",
  in_progress: "in_progress",
  not_started: "not_started",
  unknown: "unknown",
  removed: "quiet",
  rolled_back: "quiet",
  cancelled: "quiet",
  done: "quiet",
  nothing: "quiet",
};

export function stateKindOf(displayState: DisplayState): StateKind {
  return kinds[displayState];
}

/** Every kind, most severe first. */
export const stateKinds: readonly StateKind[] = [...new Set(displayStates.map(stateKindOf))];

/** Whether nothing is moving and nothing has failed. */
export function isQuiet(displayState: DisplayState): boolean {
  return stateKindOf(displayState) === "quiet";
}

const marked: ReadonlySet<DisplayState> = new Set([
  "error",
  "incomplete",
  "stalled",
  "regressing",
  "rolling_back",
  "rolled_back",
]);

/**
 * Whether a rollout in this state did not get through: then the first missing replica is marked where replicas are drawn,
 * and the updated ones, which work, are neutral.
 */
export function marksMissing(displayState: DisplayState): boolean {
  return marked.has(displayState);
}
