import type { RolloutNews } from "./rollout-news";
import { isTerminal, type RolloutStatus } from "./rollout-status";

/**
 * How a rollout stands, for the one word, shape and colour that everything shows: the API's status,
 * sharpened by what Rollcall concludes, or dulled when the API no longer lists the deployment.
 */
export type Standing = RolloutStatus | "stalled" | "regressing" | "incomplete" | "gone" | "nothing";

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
  incomplete: "Incomplete",
  gone: "No longer reported",
  nothing: "Nothing deployed",
};

/** The standing in a word or two, for people. */
export function standingWord(standing: Standing): string {
  return words[standing];
}

const pastWords: Record<Standing, string> = {
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
  gone: "was no longer reported",
  nothing: "had nothing deployed",
};

/** The standing in the past tense, for an endpoint that cannot be seen now. */
export function standingPast(standing: Standing): string {
  return pastWords[standing];
}

/** What the display state of a rollout is concluded from. */
export type StandingFacts = Pick<
  RolloutNews,
  "status" | "goneSince" | "conditions" | "updatedReplicas" | "totalReplicas" | "errorMessage"
>;

/** How a rollout stands; null is an endpoint on which nothing is deployed. */
export function toStanding(rollout: StandingFacts | null): Standing {
  if (rollout === null) return "nothing";
  if (isIncomplete(rollout)) return "incomplete";
  if (isTerminal(rollout.status)) return rollout.status;
  if (rollout.goneSince !== null) return "gone";
  if (rollout.conditions.includes("stalled")) return "stalled";
  if (rollout.conditions.includes("regressing")) return "regressing";
  return rollout.status;
}

/** Reported as done, but with fewer replicas updated than there are, or with an error message: no success. */
function isIncomplete({ status, updatedReplicas, totalReplicas, errorMessage }: StandingFacts): boolean {
  if (status !== "done") return false;
  const isShort = updatedReplicas !== null && totalReplicas !== null && updatedReplicas < totalReplicas;
  return isShort || errorMessage !== null;
}

/** Every standing, the most urgent first. */
export const standings: readonly Standing[] = [
  "error",
  "stalled",
  "regressing",
  "incomplete",
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

const quiet: ReadonlySet<Standing> = new Set(["done", "rolled_back", "cancelled", "nothing", "gone"]);

/** Whether nothing moves and nothing failed. */
export function isQuiet(standing: Standing): boolean {
  return quiet.has(standing);
}
