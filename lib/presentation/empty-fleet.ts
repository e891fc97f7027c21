import type { ViewerFreshness } from "@/lib/domain/connection";

import { outageSentence } from "./outage-sentence";
import type { Sentence } from "./sentence-text";
import type { ShapeName } from "./shapes";

/** What a list without endpoints shows: why it is empty, and what to do. `word` is the short form, for the tab. */
export type EmptyFleet = {
  word: string;
  shape: ShapeName | "nothing";
  sentence: Sentence;
  advice: string;
};

/** Words for an empty list, given what the watcher is doing and how this viewer sees it. */
export function toEmptyFleet(
  watcher: "starting" | "watching" | "stretched" | "blind",
  freshness: ViewerFreshness,
): EmptyFleet {
  const cutOff = freshness.state === "cut_off" ? outageSentence(freshness) : null;
  if (cutOff !== null)
    return {
      word: "No answer",
      shape: "blind",
      sentence: cutOff,
      advice: "This page tries again by itself. You don’t need to reload it.",
    };
  switch (watcher) {
    case "starting":
      return {
        word: "First look",
        shape: "delayed",
        sentence: ["Rollcall is loading the list of endpoints for the first time."],
        advice: "Endpoints appear here as soon as Cerebras answers. You don’t need to do anything.",
      };
    case "blind":
      return {
        word: "Blind",
        shape: "blind",
        sentence: ["Blind: the list of endpoints can’t be read."],
        advice: "Endpoints appear here once Cerebras answers again. Administrators see the cause above.",
      };
    case "watching":
    case "stretched":
      return {
        word: "No endpoints",
        shape: "nothing",
        sentence: ["No endpoints to watch yet."],
        advice:
          "Cerebras lists no endpoints for this organization. New ones appear here automatically. To watch an endpoint of another organization, add it to ROLLCALL_ENDPOINTS.",
      };
  }
}
