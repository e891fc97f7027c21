import type { Freshness } from "@/lib/domain/freshness";
import type { Instant } from "@/lib/domain/instant";
import type { RolloutDisplay } from "@/lib/domain/rollout-display";
import { isUnderWay } from "@/lib/domain/rollout-status";

import type { EndpointView } from "./endpoint-view";
import type { FreshnessView } from "./freshness";
import type { RolloutView } from "./rollout-view";

/** An instant as it crosses HTTP → milliseconds. */
export function toInstant(iso: string): Instant {
  return Date.parse(iso);
}

export function toInstantOrNull(iso: string | null): Instant | null {
  return iso === null ? null : toInstant(iso);
}

/** A rollout as it crosses HTTP → what there is to tell about it. */
export function toRolloutDisplay(rollout: RolloutView): RolloutDisplay {
  const firstObservedAt = toInstant(rollout.firstObservedAt);
  const createdAt = toInstantOrNull(rollout.createdAt);
  const endedAt = toInstantOrNull(rollout.endedAt);
  return {
    status: rollout.status,
    reportedStatus: rollout.reportedStatus,
    updatedReplicas: rollout.updatedReplicas,
    totalReplicas: rollout.totalReplicas,
    errorMessage: rollout.errorMessage,
    version: rollout.version,
    startedAt: createdAt === null || createdAt > firstObservedAt ? firstObservedAt : createdAt,
    endedAt: endedAt !== null && endedAt > firstObservedAt ? endedAt : null,
    removedSince: toInstantOrNull(rollout.noLongerReportedSince),
    conditions: rollout.conditions.map(({ code }) => code),
  };
}

/** Freshness as it crosses HTTP → domain. */
export function toFreshness({ state, observedAt, cause }: FreshnessView): Freshness {
  return {
    state,
    observedAt: toInstantOrNull(observedAt),
    cause:
      cause === null
        ? null
        : {
            code: cause.code,
            message: cause.message,
            since: toInstant(cause.since),
            retryAt: toInstantOrNull(cause.retryAt),
          },
  };
}

type Deployed = Pick<EndpointView, "rollouts" | "current">;

/** The rollouts that get a picture of their own, newest first: the current one and any other under way. */
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
