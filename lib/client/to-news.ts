import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { FreshnessView } from "@/lib/contract/freshness";
import type { RolloutDetail } from "@/lib/contract/rollout-detail";
import type { RolloutView } from "@/lib/contract/rollout-view";
import type { Gap } from "@/lib/domain/gap";
import type { Instant } from "@/lib/domain/instant";
import type { Point } from "@/lib/domain/point";
import type { RolloutNews } from "@/lib/domain/rollout-news";
import { isTerminal, isUnderWay } from "@/lib/domain/rollout-status";
import type { Sight, SightState } from "@/lib/domain/sight";

/** An instant as it crosses HTTP → milliseconds. */
export function toInstant(iso: string): Instant {
  return Date.parse(iso);
}

export function toInstantOrNull(iso: string | null): Instant | null {
  return iso === null ? null : toInstant(iso);
}

/** A rollout as it crosses HTTP → what there is to tell about it. */
export function toNews(rollout: RolloutView): RolloutNews {
  const firstObservedAt = toInstant(rollout.firstObservedAt);
  const createdAt = toInstantOrNull(rollout.createdAt);
  const endedAt = toInstantOrNull(rollout.endedAt);
  return {
    status: rollout.status,
    reportedStatus: rollout.reportedStatus,
    updatedReplicas: rollout.updatedReplicas,
    totalReplicas: rollout.totalReplicas,
    version: rollout.version,
    startedAt: createdAt === null || createdAt > firstObservedAt ? firstObservedAt : createdAt,
    endedAt: endedAt !== null && endedAt > firstObservedAt ? endedAt : null,
    goneSince: toInstantOrNull(rollout.noLongerReportedSince),
    conditions: rollout.conditions.map(({ code }) => code),
  };
}

/**
 * When a rollout's course ended, as far as it was seen: its end, the moment it vanished, or the first look
 * where it had ended before that; null while it lasts.
 */
export function courseEnd(rollout: RolloutView): Instant | null {
  const hadEnded = isTerminal(rollout.status) ? rollout.firstObservedAt : null;
  return toInstantOrNull(rollout.endedAt ?? rollout.noLongerReportedSince ?? hadEnded);
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

/** What this viewer's own polls add to what the server said; null where that does not matter. */
type OwnTimes = { observedAt: Instant | null; answeredAt: Instant | null; nextPollAt: Instant | null };

/** What stands between the viewer and the present, from what the server said and what the viewer met. */
export function toSight(state: SightState, freshness: FreshnessView, own: OwnTimes): Sight {
  const { cause } = freshness;
  const observedAt = own.observedAt ?? toInstantOrNull(freshness.observedAt);
  if (state === "cut_off") {
    return { state, observedAt, since: own.answeredAt, cause: null, retryAt: own.nextPollAt };
  }
  return {
    state,
    observedAt,
    since: cause === null ? observedAt : toInstant(cause.since),
    cause: cause === null ? null : { code: cause.code, message: cause.message },
    retryAt: toInstantOrNull(cause?.retryAt ?? null),
  };
}

/** The recorded points → domain. */
export function toPointsOf({ points }: RolloutDetail): Point[] {
  return points.map((point) => ({ ...point, from: toInstant(point.from), until: toInstant(point.until) }));
}

/** The recorded gaps → domain. */
export function toGapsOf({ gaps }: RolloutDetail): Gap[] {
  return gaps.map(({ from, until, cause }) => ({
    from: toInstant(from),
    until: toInstantOrNull(until),
    cause,
  }));
}
