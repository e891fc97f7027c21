import "server-only";

import type { FleetAcknowledgement } from "@/lib/contract/acknowledgement";
import { currentRollout, featuredRollouts } from "@/lib/contract/current-rollout";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import { compareLines } from "@/lib/domain/arrange-fleet";
import { displayStateOf, type DisplayState } from "@/lib/domain/display-state";
import type { Instant } from "@/lib/domain/instant";
import { placeOnWall } from "@/lib/domain/wall";
import { countsText } from "@/lib/presentation/count";
import { seenBy, toEndpointDisplay } from "@/lib/presentation/endpoint-display";
import { overlapText } from "@/lib/presentation/overlap-words";
import { progressTime } from "@/lib/presentation/row-time";
import { sentenceText } from "@/lib/presentation/sentence-text";
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
  /** How long it has been in this state, or will still take; empty where that is unknown. */
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
    .map((view) => ({ view, ...toSorted(view) }))
    .toSorted((a, b) => compareLines(a, b, "urgency"))
    .map(({ view, id, ...sorted }) => toLine(view, sorted, known.get(id) ?? null, now));
}

/** The version, and whether several roll out at once. */
function toVersion(view: EndpointView, version: string | null): string {
  const overlap = overlapText(featuredRollouts(view));
  return `${versionText(version)}${overlap === null ? "" : `, ${overlap}`}`;
}

/** What a line is sorted by. */
function toSorted(view: EndpointView) {
  const rollout = currentRollout(view);
  const changedAt = rollout === null ? null : (rollout.endedAt ?? rollout.startedAt);
  const { freshness, endpoint } = view;
  return { id: endpoint.id, displayState: displayStateOf(rollout), freshness, changedAt };
}

function toLine(
  view: EndpointView,
  { displayState, freshness, changedAt }: Omit<ReturnType<typeof toSorted>, "id">,
  acknowledgement: FleetAcknowledgement | null,
  now: Instant,
): BasicLine {
  const rollout = currentRollout(view);
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
    version: rollout === null ? "" : toVisibleText(toVersion(view, rollout.version)),
    duration:
      rollout === null || isUnseen ? "" : sentenceText(progressTime(rollout), { now, moment: String }),
    message: message === null ? null : toVisibleText(message).slice(0, longestMessage),
  };
}
