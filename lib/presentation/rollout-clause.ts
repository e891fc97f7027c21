import type { DisplayState } from "@/lib/domain/display-state";
import type { RolloutDisplay } from "@/lib/domain/rollout-display";

import type { Sentence } from "./sentence-text";

/** `then` is for the last known state of an endpoint that cannot be seen now. */
export type Tense = "now" | "then";

const quoteAtMost = 48;

const verbs: Record<Exclude<DisplayState, "unknown" | "removed" | "nothing">, Record<Tense, string>> = {
  not_started: { now: "is waiting to start", then: "was waiting to start" },
  late: { now: "is running late", then: "was running late" },
  in_progress: { now: "is rolling out", then: "was rolling out" },
  stalled: { now: "looks stuck", then: "looked stuck" },
  regressing: { now: "seems to be going backwards", then: "seemed to be going backwards" },
  rolling_back: { now: "is rolling back", then: "was rolling back" },
  rolled_back: { now: "was rolled back", then: "had been rolled back" },
  done: { now: "is done", then: "was done" },
  incomplete: { now: "is reported done", then: "was reported done" },
  error: { now: "failed", then: "had failed" },
  cancelled: { now: "was cancelled", then: "had been cancelled" },
};

/** The verb of a rollout's sentence. An error message belongs to it in every state but failure, which implies one. */
export function clause(rollout: RolloutDisplay, tense: Tense): Sentence {
  const verb = verbOf(rollout, tense);
  const isMentioned = rollout.errorMessage !== null && rollout.displayState !== "error";
  return isMentioned ? [...verb, " with an error"] : verb;
}

function verbOf(rollout: RolloutDisplay, tense: Tense): Sentence {
  const { displayState, noLongerReportedSince } = rollout;
  switch (displayState) {
    case "unknown":
      return unknownClause(rollout, tense);
    case "removed":
      return noLongerReportedSince === null
        ? ["is no longer reported"]
        : ["has not been reported since ", { at: noLongerReportedSince }];
    case "nothing":
      return [];
    default:
      return [verbs[displayState][tense]];
  }
}

function unknownClause({ reportedStatus }: RolloutDisplay, tense: Tense): Sentence {
  const is = tense === "now" ? "is" : "was";
  if (reportedStatus === null) return [`${is} reported without a status`];
  return [`${is} in a state that Rollcall does not know, `, { quote: shortened(reportedStatus) }];
}

/** Shortens a text for a sentence; the page shows the whole text elsewhere. */
export function shortened(text: string, most = quoteAtMost): string {
  // A character takes at most two UTF-16 units, so only the start of a long text needs to be split.
  const characters = Array.from(text.slice(0, 2 * most + 1));
  return characters.length <= most ? text : `${characters.slice(0, most).join("")}…`;
}
