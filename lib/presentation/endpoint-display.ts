import { type DisplayState } from "@/lib/domain/display-state";
import type { FleetPart } from "@/lib/domain/fleet-summary";

import { displayStatePast, displayStateWord } from "./state-words";

/** How one endpoint is shown among others: a shape and a word for now, and what it was while it was seen. */
export type EndpointDisplay = {
  shape: DisplayState | "delayed" | "blind";
  word: string;
  /** Only for an endpoint that cannot be seen now: its last known state, in the past tense. */
  past: string | null;
};

/** The display state while it is live; otherwise that it is not, with the last known state as the past. */
export function toEndpointDisplay({ displayState, freshness }: FleetPart): EndpointDisplay {
  const { state, observedAt, cause } = freshness;
  const past = observedAt === null ? "never seen" : displayStatePast(displayState);
  if (state === "blind") return { shape: "blind", word: "Blind", past };
  if (observedAt === null && cause === null) return { shape: "delayed", word: "First look", past: null };
  if (state === "delayed") return { shape: "delayed", word: "Delayed", past };
  return { shape: displayState, word: displayStateWord(displayState), past: null };
}
