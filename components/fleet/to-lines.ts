import { currentRollout, toFreshness, toInstantOrNull, toNews } from "@/lib/client/to-news";
import type { FleetAcknowledgement } from "@/lib/contract/acknowledgement";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { FleetLine } from "@/lib/domain/arrange-fleet";
import type { FleetPart } from "@/lib/domain/fleet-summary";
import { toStanding } from "@/lib/domain/standing";

/** An endpoint of the list: what it is chosen and ordered by, and all that there is to draw. */
export type Line = FleetLine &
  FleetPart & { view: EndpointView; acknowledgement: FleetAcknowledgement | null };

export function toLines(
  endpoints: readonly EndpointView[],
  acknowledgements: readonly FleetAcknowledgement[] = [],
): Line[] {
  const acknowledged = new Map(acknowledgements.map((each) => [each.endpointId, each]));
  return endpoints.map((view) => {
    const rollout = currentRollout(view);
    const news = rollout === null ? null : toNews(rollout);
    return {
      id: view.endpoint.id,
      org: view.endpoint.org,
      arch: view.endpoint.modelArch,
      versions: [rollout?.version, rollout?.versionAlias].filter((word) => typeof word === "string"),
      standing: toStanding(news),
      changedAt: news === null ? null : (toInstantOrNull(rollout?.endedAt ?? null) ?? news.startedAt),
      freshness: toFreshness(view.freshness),
      view,
      acknowledgement: acknowledged.get(view.endpoint.id) ?? null,
    };
  });
}
