import { greatest } from "./extremes";
import { minute, type Duration, type Instant } from "./instant";
import type { Observation } from "./observation";
import { latestObservation, type Rollout } from "./rollout";
import { lastMovedAt, medianTimePerReplica } from "./rollout-speed";
import { isMoving, isUnderWay } from "./rollout-status";

/** What Rollcall concludes and the API does not say. It holds from `since` on. */
export type Condition = { since: Instant } & (
  | {
      code: "stalled";
      /** How long no replica had moved at the last good observation. */
      idleFor: Duration;
      /** The rollout's median time per replica; null before any has moved. */
      usualWait: Duration | null;
    }
  | { code: "regressing"; updated: number; peak: number }
  /** Versions of the other rollouts under way; null where not reported. */
  | { code: "overlapping"; others: readonly (string | null)[] }
);

const stalledAtLeastAfter: Duration = 5 * minute;
const stalledAfterMedians = 3;

/**
 * The conditions of one rollout at `observedAt`, the last good observation of its endpoint. Never pass a later
 * instant: nothing can be concluded from time that was not observed.
 */
export function toConditions(rollout: Rollout, others: readonly Rollout[], observedAt: Instant): Condition[] {
  if (rollout.facts.removed !== null) return [];
  return [
    toStalled(rollout.observations, observedAt),
    toRegressing(rollout.observations),
    toOverlapping(rollout, others),
  ].filter((condition) => condition !== null);
}

/** How long without movement counts as stalled: max(5 min, 3 × this rollout's median time per replica). */
export function stalledAfter(observations: readonly Observation[]): Duration {
  return Math.max(stalledAtLeastAfter, stalledAfterMedians * (medianTimePerReplica(observations) ?? 0));
}

function toStalled(observations: readonly Observation[], observedAt: Instant): Condition | null {
  const latest = observations.at(-1);
  if (latest === undefined || !isMoving(latest.state.status)) return null;
  if (latest.state.updatedReplicas === null) return null;
  const movedAt = lastMovedAt(observations);
  if (movedAt === null || observedAt - movedAt < stalledAfter(observations)) return null;
  return {
    code: "stalled",
    since: movedAt,
    idleFor: observedAt - movedAt,
    usualWait: medianTimePerReplica(observations),
  };
}

function toRegressing(observations: readonly Observation[]): Condition | null {
  const phaseStart = observations.findLastIndex(({ state }) => state.status !== "in_progress") + 1;
  const counted = observations
    .slice(phaseStart)
    .flatMap(({ at, state }) =>
      state.updatedReplicas === null ? [] : [{ at, updated: state.updatedReplicas }],
    );
  const now = counted.at(-1);
  if (now === undefined) return null;
  const peak = counted.reduce((highest, { updated }) => Math.max(highest, updated), now.updated);
  if (now.updated >= peak) return null;
  const peakIndex = counted.findLastIndex(({ updated }) => updated === peak);
  return {
    code: "regressing",
    since: counted[peakIndex + 1]?.at ?? now.at,
    updated: now.updated,
    peak,
  };
}

function toOverlapping(rollout: Rollout, others: readonly Rollout[]): Condition | null {
  const isLive = (candidate: Rollout): boolean =>
    candidate.facts.removed === null && isUnderWay(latestObservation(candidate).state.status);
  const rivals = others.filter(
    (other) => other.facts.deploymentId !== rollout.facts.deploymentId && isLive(other),
  );
  if (!isLive(rollout) || rivals.length === 0) return null;
  return {
    code: "overlapping",
    since: greatest([rollout, ...rivals].map(({ observations }) => observations[0].at)) ?? 0,
    others: rivals.map(({ facts }) => facts.version),
  };
}
