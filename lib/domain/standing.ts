import type { RolloutNews } from "./rollout-news";
import { isTerminal, type RolloutStatus } from "./rollout-status";

/**
 * How a rollout stands, for the one word, shape and colour that everything shows: the API's status,
 * sharpened by what Rollcall concludes, or dulled when the API no longer lists the deployment.
 */
export type Standing = RolloutStatus | "stalled" | "regressing" | "gone" | "nothing";

const words: Record<Standing, string> = {
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
  gone: "No longer reported",
  nothing: "Nothing deployed",
};

/** The standing in a word or two, for people. */
export function standingWord(standing: Standing): string {
  return words[standing];
}

/** How a rollout stands; null is an endpoint on which nothing is deployed. */
export function toStanding(
  rollout: Pick<RolloutNews, "status" | "goneSince" | "conditions"> | null,
): Standing {
  if (rollout === null) return "nothing";
  if (isTerminal(rollout.status)) return rollout.status;
  if (rollout.goneSince !== null) return "gone";
  if (rollout.conditions.includes("stalled")) return "stalled";
  if (rollout.conditions.includes("regressing")) return "regressing";
  return rollout.status;
}

/** Every standing, the most urgent first. */
export const standings: readonly Standing[] = [
  "error",
  "stalled",
  "regressing",
  "rolling_back",
  "in_progress",
  "not_started",
  "unknown",
  "gone",
  "rolled_back",
  "cancelled",
  "done",
  "nothing",
];

/** Sorts what fails and what moves before what is quiet. */
export function compareUrgency(a: Standing, b: Standing): number {
  return standings.indexOf(a) - standings.indexOf(b);
}
