import "server-only";

import { toConditions, type Condition } from "@/lib/domain/condition";
import type { EndpointPicture } from "@/lib/server/state/endpoint-state";

/**
 * The conditions of each rollout of an endpoint at the last good observation, by deployment. Every list of rollouts
 * takes them from here. Rollouts that the picture no longer contains have ended and have no conditions.
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
