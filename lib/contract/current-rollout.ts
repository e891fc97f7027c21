import type { Instant } from "@/lib/domain/instant";
import { isTerminal, isUnderWay } from "@/lib/domain/rollout-status";

import type { EndpointView } from "./endpoint-view";
import type { RolloutSummary } from "./rollout-detail";
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

/**
 * The rows of an endpoint's list of rollouts, newest first: those `recorded`, with their present state as far as the
 * endpoint's latest answer has it, and newer ones of that answer. Without recorded ones, all of that answer.
 */
export function toRolloutRows(
  view: Pick<Deployed, "rollouts">,
  recorded: readonly RolloutSummary[],
): RolloutSummary[] {
  const present = new Map(view.rollouts.map((rollout) => [rollout.deploymentId, rollout]));
  const newest = recorded[0];
  const unrecorded = view.rollouts.filter((rollout) => newest === undefined || isNewer(rollout, newest));
  return [
    ...unrecorded.map((rollout) => ({
      ...rollout,
      previousVersion: formerVersion(view, rollout),
      lowestGuaranteedReplicas: null,
      usualSeconds: null,
    })),
    ...recorded.map((rollout) => ({ ...rollout, ...present.get(rollout.deploymentId) })),
  ];
}

function isNewer(rollout: RolloutView, other: RolloutView): boolean {
  const order = ({ createdAt, firstObservedAt }: RolloutView) => createdAt ?? firstObservedAt;
  return order(rollout) > order(other);
}
