import { type DisplayState } from "@/lib/domain/display-state";
import type { FleetPart } from "@/lib/domain/fleet-summary";

import { connectionWord } from "./connection-word";
import { displayStatePast, displayStateWord } from "./state-words";

/** How one endpoint is shown in a list: the shape and word of its present state, and its last known state. */
export type EndpointDisplay = {
  shape: DisplayState | "delayed" | "blind";
  word: string;
  /** Its last known state, in the past tense; null where it is live. */
  past: string | null;
};

/** Who has acknowledged a failure; null where no name is known. */
export function seenBy(name: string | null): string {
  return `seen by ${name ?? "someone"}`;
}

/** The display state of a live endpoint; of any other, its freshness and the last known state. */
export function toEndpointDisplay({ displayState, freshness }: FleetPart): EndpointDisplay {
  const { state, observedAt, cause } = freshness;
  const past = observedAt === null ? "never seen" : displayStatePast(displayState);
  if (state === "blind") return { shape: "blind", word: connectionWord(state), past };
  if (observedAt === null && cause === null) return { shape: "delayed", word: "First look", past: null };
  if (state === "delayed") return { shape: "delayed", word: connectionWord(state), past };
  return { shape: displayState, word: displayStateWord(displayState), past: null };
}
