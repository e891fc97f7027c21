import { currentRollout } from "@/lib/contract/current-rollout";
import type { FleetAcknowledgement } from "@/lib/contract/acknowledgement";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { FleetLine } from "@/lib/domain/arrange-fleet";
import { displayStateOf } from "@/lib/domain/display-state";
import type { FleetPart } from "@/lib/domain/fleet-summary";
import { toEndpointDisplay } from "@/lib/presentation/endpoint-display";

/** An endpoint of a list: what it's filtered and sorted by, and what is drawn. */
export type Line = FleetLine &
  FleetPart & { view: EndpointView; acknowledgement: FleetAcknowledgement | null };

export function toLines(
  endpoints: readonly EndpointView[],
  acknowledgements: readonly FleetAcknowledgement[] = [],
): Line[] {
  const acknowledged = new Map(acknowledgements.map((each) => [each.endpointId, each]));
  return endpoints.map((view) => {
    const rollout = currentRollout(view);
    return {
      id: view.endpoint.id,
      org: view.endpoint.org,
      arch: view.endpoint.modelArch,
      versions: [rollout?.version, rollout?.versionAlias].filter((word) => typeof word === "string"),
      displayState: displayStateOf(rollout),
      changedAt: rollout === null ? null : (rollout.endedAt ?? rollout.startedAt),
      freshness: view.freshness,
      view,
      acknowledgement: acknowledged.get(view.endpoint.id) ?? null,
    };
  });
}

/** The props of a row, without anything that changes with every poll. */
export function toRow(line: Line) {
  const { id, displayState, view, freshness } = line;
  return {
    endpointId: id,
    displayState,
    rollouts: view.rollouts,
    current: view.current,
    freshness: freshness.state,
    ...toEndpointDisplay(line),
  };
}
