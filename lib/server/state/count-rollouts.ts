import "server-only";

import { second } from "@/lib/domain/instant";
import { latestObservation, startOrder, type Rollout } from "@/lib/domain/rollout";
import { results, type Metrics } from "@/lib/server/metrics/create-metrics";

import type { EndpointState } from "./endpoint-state";

/**
 * Counts the rollouts that ended between two states of an endpoint. One that was first seen ended counts if it began
 * after the former state; its duration is unknown.
 */
export function countRollouts(
  { rollout: { completed, duration } }: Pick<Metrics, "rollout">,
  former: EndpointState | undefined,
  { endpointId: endpoint, picture }: EndpointState,
): void {
  const known = former?.picture ?? null;
  if (known === null || picture === null || picture === known) return;
  const before = new Map(known.rollouts.map((each) => [each.facts.deploymentId, each]));
  for (const rollout of picture.rollouts) {
    const result = toResult(rollout);
    const earlier = before.get(rollout.facts.deploymentId);
    if (result === null || (earlier !== undefined && toResult(earlier) !== null)) continue;
    if (earlier === undefined && startOrder(rollout.facts) <= known.span.until) continue;
    completed.inc({ endpoint, result });
    const { endedAt } = rollout.facts;
    if (endedAt !== null)
      duration.observe({ result }, Math.max(0, endedAt - startOrder(rollout.facts)) / second);
  }
}

/** How a rollout ended; null while it has not. */
function toResult(rollout: Rollout): (typeof results)[number] | null {
  const { status } = latestObservation(rollout).state;
  return results.find((each) => each === status) ?? null;
}
