import { currentRollout } from "@/lib/contract/current-rollout";
import type { FleetAcknowledgement } from "@/lib/contract/acknowledgement";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { FleetLine } from "@/lib/domain/arrange-fleet";
import { displayStateOf } from "@/lib/domain/display-state";
import type { Instant } from "@/lib/domain/instant";
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

/** The same lines as seen by a browser to which Rollcall's server has not answered since an instant. */
export function toUnseen(lines: readonly Line[], since: Instant | null): Line[] {
  return lines.map((line) => ({
    ...line,
    freshness: { state: "blind", observedAt: line.freshness.observedAt === null ? null : since, cause: null },
  }));
}

/** The props of a row, without anything that changes with every poll. */
export function toRow(line: Line) {
  const { id, org, displayState, view, freshness } = line;
  return {
    endpointId: id,
    org,
    displayState,
    rollouts: view.rollouts,
    current: view.current,
    freshness: freshness.state,
    observedAt: freshness.state === "live" ? null : freshness.observedAt,
    ...toEndpointDisplay(line),
  };
}
