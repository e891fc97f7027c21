import type { ViewerFreshness } from "@/lib/domain/connection";
import { compareSeverity, isQuiet, type DisplayState } from "@/lib/domain/display-state";
import type { FleetSummary } from "@/lib/domain/fleet-summary";

import { outageSentence } from "./outage-sentence";
import { fleetSentence, lastKnownSentence } from "./fleet-sentence";
import { sentenceText, type Sentence } from "./sentence-text";

/** The headline and the tab of a page about several endpoints. */
export type FleetHead = {
  sentence: Sentence;
  /** The last known states of the endpoints that are not live; null where there is nothing to add. */
  lastKnown: string | null;
  title: string;
  shape: DisplayState | "delayed" | "blind";
  /** Whether the shape has its color. */
  isLive: boolean;
};

/** Words for a summary as this viewer sees it; there is at least one endpoint. */
export function toFleetHead(summary: FleetSummary, freshness: ViewerFreshness): FleetHead {
  const { blind, delayed, awaited, seen } = summary;
  const outage = isAllUnseen(summary, freshness) ? outageSentence(freshness) : null;
  if (outage !== null) {
    const isDelayed = freshness.state === "delayed";
    const lastKnown = lastKnownSentence(allParts(summary, freshness));
    return {
      sentence: outage,
      lastKnown,
      title: `${isDelayed ? "Delayed" : "Blind"} · ${lastKnown ?? "No endpoint has been seen yet."} · Rollcall`,
      shape: isDelayed ? "delayed" : "blind",
      isLive: false,
    };
  }
  const sentence = fleetSentence(summary);
  const worst = seen.toSorted(compareSeverity)[0] ?? "nothing";
  const isLate = isQuiet(worst) && delayed.length + awaited.length > 0;
  const shape = blind.length > 0 || summary.isListBlind ? "blind" : isLate ? "delayed" : worst;
  return {
    sentence,
    lastKnown: lastKnownSentence([...blind, ...delayed]),
    title: `${withoutMoments(sentence)} · Rollcall`,
    shape,
    isLive: freshness.state === "live" && shape === worst,
  };
}

/** Whether one reason explains why no endpoint is live: the server's, or this viewer's own. */
function isAllUnseen(summary: FleetSummary, { state }: ViewerFreshness): boolean {
  const { freshness, blind, delayed, total, isListBlind } = summary;
  if (state === "live") return false;
  if (state === "cut_off" || state !== freshness.state) return true;
  return blind.length === total || (delayed.length === total && !isListBlind);
}

function allParts({ blind, delayed, seen }: FleetSummary, { observedAt }: ViewerFreshness) {
  const freshness = { state: "delayed", observedAt: observedAt ?? 0, cause: null } as const;
  return [...blind, ...delayed, ...seen.map((displayState) => ({ displayState, freshness }))];
}

/** The title leaves moments out: the server renders it too and does not know the viewer's time zone. */
function withoutMoments(sentence: Sentence): string {
  const texts = sentence.filter((part, index) => {
    const next = sentence[index + 1];
    return typeof part === "string" && !(part === " since " && typeof next === "object");
  });
  return sentenceText(texts, { now: 0, moment: () => "" });
}
