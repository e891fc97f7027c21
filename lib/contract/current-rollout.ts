import type { Instant } from "@/lib/domain/instant";
import { isTerminal, isUnderWay } from "@/lib/domain/rollout-status";

import type { EndpointView } from "./endpoint-view";
import type { RolloutView } from "./rollout-view";

type Deployed = Pick<EndpointView, "rollouts" | "current">;

/** The rollouts that are drawn separately, newest first: the current one and any other under way. */
export function featuredRollouts({ rollouts, current }: Deployed): RolloutView[] {
  const newest = rollouts.find(({ deploymentId }) => deploymentId === current) ?? rollouts[0];
  return rollouts.filter(
    (rollout) => rollout === newest || (isUnderWay(rollout.status) && rollout.noLongerReportedSince === null),
  );
}

/** The rollout that the endpoint's sentence is about; null when nothing is deployed. */
export function currentRollout(view: Deployed): RolloutView | null {
  return featuredRollouts(view)[0] ?? null;
}

/** The version that the endpoint served before this rollout: the next older one that was reported done. */
export function formerVersion({ rollouts }: Pick<Deployed, "rollouts">, rollout: RolloutView): string | null {
  const older = rollouts.slice(rollouts.indexOf(rollout) + 1);
  return older.find(({ status }) => status === "done")?.version ?? null;
}

/**
 * Where a rollout's timeline ends: at its end, at the moment it was removed, or at the first observation if it had
 * ended before that; null while it lasts.
 */
export function timelineEnd(rollout: RolloutView): Instant | null {
  const hadEnded = isTerminal(rollout.status) ? rollout.firstObservedAt : null;
  return rollout.endedAt ?? rollout.noLongerReportedSince ?? hadEnded;
}
