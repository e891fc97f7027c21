import type { RolloutDisplay } from "./rollout-display";
import { isTerminal, type RolloutStatus } from "./rollout-status";

/**
 * How a rollout stands, for the one word, shape and color that everything shows: the API's status,
 * sharpened by what Rollcall concludes, or dulled when the API no longer lists the deployment.
 */
export type DisplayState = RolloutStatus | "stalled" | "regressing" | "incomplete" | "removed" | "nothing";

const words: Record<DisplayState, string> = {
  not_started: "Not started",
  in_progress: "Rolling out",
  rolling_back: "Rolling back",
  rolled_back: "Rolled back",
  done: "Done",
  error: "Failed",
  cancelled: "Cancelled",
  unknown: "Unknown status",
  stalled: "Looks stuck",
  regressing: "Going backwards",
  incomplete: "Incomplete",
  removed: "No longer reported",
  nothing: "Nothing deployed",
};

/** The standing in a word or two, for people. */
export function displayStateWord(displayState: DisplayState): string {
  return words[displayState];
}

const pastWords: Record<DisplayState, string> = {
  not_started: "was waiting to start",
  in_progress: "was rolling out",
  rolling_back: "was rolling back",
  rolled_back: "had been rolled back",
  done: "was done",
  error: "had failed",
  cancelled: "had been cancelled",
  unknown: "was in an unknown state",
  stalled: "looked stuck",
  regressing: "was going backwards",
  incomplete: "was incomplete",
  removed: "was no longer reported",
  nothing: "had nothing deployed",
};

/** The standing in the past tense, for an endpoint that cannot be seen now. */
export function displayStatePast(displayState: DisplayState): string {
  return pastWords[displayState];
}

/** What the display state of a rollout is concluded from. */
export type DisplayStateFacts = Pick<
  RolloutDisplay,
  "status" | "removedSince" | "conditions" | "updatedReplicas" | "totalReplicas" | "errorMessage"
>;

/** How a rollout stands; null is an endpoint on which nothing is deployed. */
export function toDisplayState(rollout: DisplayStateFacts | null): DisplayState {
  if (rollout === null) return "nothing";
  if (isIncomplete(rollout)) return "incomplete";
  if (isTerminal(rollout.status)) return rollout.status;
  if (rollout.removedSince !== null) return "removed";
  if (rollout.conditions.includes("stalled")) return "stalled";
  if (rollout.conditions.includes("regressing")) return "regressing";
  return rollout.status;
}

/** Reported as done, but with fewer replicas updated than there are, or with an error message: no success. */
function isIncomplete({ status, updatedReplicas, totalReplicas, errorMessage }: DisplayStateFacts): boolean {
  if (status !== "done") return false;
  const isShort = updatedReplicas !== null && totalReplicas !== null && updatedReplicas < totalReplicas;
  return isShort || errorMessage !== null;
}

/** Every standing, the most urgent first. */
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

/** Sorts what fails and what moves before what is quiet. */
export function compareSeverity(a: DisplayState, b: DisplayState): number {
  return displayStates.indexOf(a) - displayStates.indexOf(b);
}

const quiet: ReadonlySet<DisplayState> = new Set(["done", "rolled_back", "cancelled", "nothing", "removed"]);

/** Whether nothing moves and nothing failed. */
export function isQuiet(displayState: DisplayState): boolean {
  return quiet.has(displayState);
}
