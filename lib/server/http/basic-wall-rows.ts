import "server-only";

import { htmlEscape } from "escape-goat";

import type { FleetAcknowledgement } from "@/lib/contract/acknowledgement";
import { currentRollout } from "@/lib/contract/current-rollout";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { RolloutView } from "@/lib/contract/rollout-view";
import { compareSeverity, displayStateOf } from "@/lib/domain/display-state";
import type { Instant } from "@/lib/domain/instant";
import { placeOnWall, type WallLine } from "@/lib/domain/wall";
import { formatDuration } from "@/lib/presentation/duration";
import { toEndpointDisplay } from "@/lib/presentation/endpoint-display";
import { versionName } from "@/lib/presentation/version";
import { toVisibleText } from "@/lib/presentation/visible-text";

const longestMessage = 300;

type Line = WallLine & {
  id: string;
  rollout: RolloutView | null;
  acknowledgement: FleetAcknowledgement | null;
};

/** One line for each endpoint, the most urgent first. */
export function toBasicLines(
  views: readonly EndpointView[],
  acknowledgements: readonly FleetAcknowledgement[],
): Line[] {
  const known = new Map(acknowledgements.map((each) => [each.endpointId, each]));
  return views
    .map((view) => {
      const rollout = currentRollout(view);
      const acknowledgement = known.get(view.endpoint.id) ?? null;
      return {
        id: view.endpoint.id,
        rollout,
        acknowledgement,
        isAcknowledged: acknowledgement !== null,
        displayState: displayStateOf(rollout),
        freshness: view.freshness,
        changedAt: rollout === null ? null : (rollout.endedAt ?? rollout.startedAt),
      };
    })
    .toSorted((a, b) => compareSeverity(a.displayState, b.displayState) || a.id.localeCompare(b.id));
}

/** A line as the row of a table, and its message as a second row. */
export function drawBasicRow(line: Line, now: Instant): string {
  const { id, rollout, displayState, freshness, changedAt: since } = line;
  const isUnseen = freshness.state !== "live";
  const classes = [
    ...(placeOnWall(line, now) === "featured" ? ["featured"] : []),
    ...(isUnseen ? ["unseen"] : []),
  ];
  const message = (isUnseen ? freshness.cause?.message : undefined) ?? rollout?.errorMessage ?? null;
  const version = rollout === null ? "" : toVisibleText(versionName(rollout.version));
  const age = since === null || isUnseen ? "" : formatDuration(Math.max(0, now - since));
  const row = htmlEscape`<td><span class="state ${displayState}">${stateWords(line)}</span></td><td>${id}</td><td>${countsOf(rollout)}</td><td>${version}</td><td>${age}</td>`;
  const note =
    message === null
      ? ""
      : htmlEscape`<tr><td></td><td colspan="4" class="message">${toVisibleText(message).slice(0, longestMessage)}</td></tr>`;
  const attributes = classes.length === 0 ? "" : ` class="${classes.join(" ")}"`;
  return `<tr${attributes}>${row}</tr>${note}`;
}

function stateWords(line: Line): string {
  const { word, past } = toEndpointDisplay(line);
  const { acknowledgement } = line;
  if (past !== null) return `${word}, ${past}`;
  return acknowledgement === null ? word : `${word}, seen by ${acknowledgement.by ?? "somebody"}`;
}

function countsOf(rollout: RolloutView | null): string {
  if (rollout === null) return "";
  const { updatedReplicas: updated, totalReplicas: total } = rollout;
  return updated === null && total === null ? "not reported" : `${updated ?? "?"} of ${total ?? "?"}`;
}
