import type { DisplayState } from "@/lib/domain/display-state";
import type { StateFilter } from "@/lib/domain/state-filter";

import { connectionWord } from "./connection-word";

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
  late: "Late",
  regressing: "Going backwards",
  incomplete: "Incomplete",
  removed: "No longer reported",
  nothing: "Nothing deployed",
};

/** A display state in a word or two. */
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
  late: "was running late",
  regressing: "was going backwards",
  incomplete: "was incomplete",
  removed: "was no longer reported",
  nothing: "had nothing deployed",
};

/** The last known display state of an endpoint that cannot be seen now, in the past tense. */
export function displayStatePast(displayState: DisplayState): string {
  return pastWords[displayState];
}

/** What a list is filtered by, in a word or two. */
export function stateFilterWord(filter: StateFilter): string {
  switch (filter) {
    case "blind":
      return connectionWord(filter);
    case "quiet":
      return "Quiet";
    case "stalled":
      return "Stuck";
    default:
      return words[filter];
  }
}
