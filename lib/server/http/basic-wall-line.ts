import "server-only";

import type { FleetAcknowledgement } from "@/lib/contract/acknowledgement";
import { currentRollout } from "@/lib/contract/current-rollout";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import { compareSeverity, displayStateOf, type DisplayState } from "@/lib/domain/display-state";
import type { Instant } from "@/lib/domain/instant";
import { placeOnWall } from "@/lib/domain/wall";
import { countsText } from "@/lib/presentation/count";
import { formatDuration } from "@/lib/presentation/duration";
import { seenBy, toEndpointDisplay } from "@/lib/presentation/endpoint-display";
import { versionText } from "@/lib/presentation/version";
import { toVisibleText } from "@/lib/presentation/visible-text";

const longestMessage = 300;

/** One endpoint on the basic wall, in words. */
export type BasicLine = {
  id: string;
  displayState: DisplayState;
  isFeatured: boolean;
  /** Delayed or blind. */
  isUnseen: boolean;
  state: string;
  counts: string;
  version: string;
  /** How long the endpoint has been in this state; empty where that is unknown. */
  duration: string;
  message: string | null;
};

/** One line for each endpoint, the most severe first. */
export function toBasicLines(
  views: readonly EndpointView[],
  acknowledgements: readonly FleetAcknowledgement[],
  now: Instant,
): BasicLine[] {
  const known = new Map(acknowledgements.map((each) => [each.endpointId, each]));
  return views
    .map((view) => toLine(view, known.get(view.endpoint.id) ?? null, now))
    .toSorted((a, b) => compareSeverity(a.displayState, b.displayState) || a.id.localeCompare(b.id));
}

function toLine(view: EndpointView, acknowledgement: FleetAcknowledgement | null, now: Instant): BasicLine {
  const rollout = currentRollout(view);
  const displayState = displayStateOf(rollout);
  const { freshness } = view;
  const changedAt = rollout === null ? null : (rollout.endedAt ?? rollout.startedAt);
  const isUnseen = freshness.state !== "live";
  const message = (isUnseen ? freshness.cause?.message : undefined) ?? rollout?.errorMessage ?? null;
  const { word, past } = toEndpointDisplay({ displayState, freshness });
  const acknowledged = acknowledgement === null ? null : seenBy(acknowledgement.by);
  const place = placeOnWall(
    { displayState, freshness, changedAt, isAcknowledged: acknowledgement !== null },
    now,
  );
  return {
    id: view.endpoint.id,
    displayState,
    isFeatured: place === "featured",
    isUnseen,
    state: [word, past ?? acknowledged].filter((part) => part !== null).join(", "),
    counts: rollout === null ? "" : countsText(rollout),
    version: rollout === null ? "" : toVisibleText(versionText(rollout.version)),
    duration: changedAt === null || isUnseen ? "" : formatDuration(Math.max(0, now - changedAt)),
    message: message === null ? null : toVisibleText(message).slice(0, longestMessage),
  };
}
