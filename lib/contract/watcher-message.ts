import type { Cause } from "@/lib/domain/cause";
import { displayStateOf } from "@/lib/domain/display-state";
import { summarizeFleet, type FleetSummary } from "@/lib/domain/fleet-summary";
import type { Instant } from "@/lib/domain/instant";
import { unseenSentence } from "@/lib/presentation/fleet-sentence";
import { sentenceText } from "@/lib/presentation/sentence-text";
import { toVisibleText } from "@/lib/presentation/visible-text";

import { currentRollout } from "./current-rollout";
import type { EndpointView, WatcherView } from "./endpoint-view";

/** The server writes UTC because it does not know the viewer's zone. */
function writeUtc(at: Instant): string {
  return `${new Date(at).toISOString().slice(11, 16)} UTC`;
}

/** How many endpoints cannot be seen, since when and why, as text; null: all can be seen. */
export function unseenMessage(summary: FleetSummary): string | null {
  const { blind } = summary;
  const sentence = blind.length === 0 ? null : unseenSentence(summary);
  return sentence === null ? null : toVisibleText(sentenceText(sentence, { now: 0, moment: writeUtc }));
}

/**
 * The watcher's message without what the headline says already: which endpoints cannot be seen, and the `cause` of an
 * outage. Null: nothing is left.
 */
export function otherMessage(
  { message }: WatcherView,
  summary: FleetSummary,
  cause: Cause | null,
): string | null {
  const unseen = unseenMessage(summary);
  const rest = (unseen === null ? message : message?.replace(unseen, ""))?.trim() ?? "";
  const isSaid = cause !== null && rest.includes(cause.message);
  return rest === "" || isSaid ? null : rest;
}

/** The summary of a fleet from its views. */
export function summarizeViews(
  views: readonly EndpointView[],
  watcher: Pick<WatcherView, "state">,
): FleetSummary {
  return summarizeFleet(
    views.map((view) => ({ displayState: displayStateOf(currentRollout(view)), freshness: view.freshness })),
    watcher.state === "blind",
  );
}
