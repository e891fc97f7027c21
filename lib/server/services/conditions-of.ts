import "server-only";

import { toConditions, type Condition } from "@/lib/domain/condition";
import type { EndpointPicture } from "@/lib/server/state/endpoint-state";

/**
 * What is concluded about each rollout of an endpoint as of the last good observation, by deployment: the one
 * source for every list in which a rollout stands. A rollout that the picture no longer holds has ended, and none.
 */
export function toConditionsByDeployment(
  picture: EndpointPicture | null,
): ReadonlyMap<string, readonly Condition[]> {
  if (picture === null) return new Map();
  const { rollouts, span } = picture;
  return new Map(
    rollouts.map((rollout) => [rollout.facts.deploymentId, toConditions(rollout, rollouts, span.until)]),
  );
}
