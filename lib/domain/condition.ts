import type { RolloutState } from "./endpoint-report";
import { greatest } from "./extremes";
import type { Duration, Instant } from "./instant";
import { startOf, type Habit } from "./past-rollout";
import { latestObservation, toNewestRolloutsFirst, type Rollout, type RolloutFacts } from "./rollout";
import { lastMovedAt } from "./rollout-speed";
import { isMoving, isUnderWay } from "./rollout-status";
import { timePerReplica, toWait, uncountedStalledAfter, type Wait } from "./stall";
import { lateFrom, toUsualRange, type UsualRange } from "./time-left";

/** What Rollcall concludes and the API does not say. It holds from `since` on. */
export type Condition = { since: Instant } & (
  | {
      code: "stalled";
      /** How long no replica had moved at the last good observation, or how long the status had been the same. */
      idleFor: Duration;
      /** How long one usually waits here for the next move; null without evidence. */
      usual: Wait["usual"];
      /** The median time that one replica takes here; null without evidence. */
      perReplica: Duration | null;
      /** Whether the API reports replica counts. Without them, only the status and its age tell. */
      isCounted: boolean;
      /** When the wait had become too long. */
      from: Instant;
    }
  /** The usual time was over at `since`; `by` is how long before the last good observation. */
  | { code: "late"; by: Duration; usual: UsualRange; from: Instant }
  | { code: "regressing"; updated: number; peak: number }
  /** Every rollout under way, newest first, this one among them. */
  | { code: "overlapping"; rollouts: readonly Overlapping[] }
);

type Overlapping = Pick<RolloutFacts, "version"> &
  Pick<RolloutState, "status" | "updatedReplicas" | "totalReplicas">;

/**
 * The conditions of one rollout at `observedAt`, the last good observation of its endpoint, judged by the endpoint's
 * habit. Never pass a later instant: nothing can be concluded from time that was not observed.
 */
export function toConditions(
  rollout: Rollout,
  others: readonly Rollout[],
  observedAt: Instant,
  habit: Habit,
): Condition[] {
  if (rollout.facts.removed !== null) return [];
  return [
    toStalled(rollout, observedAt, habit),
    toLate(rollout, observedAt, habit),
    toRegressing(rollout.observations),
    toOverlapping(rollout, others),
  ].filter((condition) => condition !== null);
}

function toStalled({ observations }: Rollout, observedAt: Instant, habit: Habit): Condition | null {
  const since = lastMovedAt(observations);
  if (since === null || !isMoving(latestObservation({ observations }).state.status)) return null;
  const wait = toWait(observations, habit);
  const from = since + (wait?.stalledAfter ?? uncountedStalledAfter(habit));
  if (observedAt < from) return null;
  const idleFor = observedAt - since;
  return {
    ...{ code: "stalled", since, idleFor, isCounted: wait !== null, from },
    usual: wait?.usual ?? null,
    perReplica: wait === null ? null : timePerReplica(observations, habit),
  };
}

function toLate(rollout: Rollout, observedAt: Instant, { pasts }: Habit): Condition | null {
  const { status, totalReplicas } = latestObservation(rollout).state;
  const usual = toUsualRange(pasts, totalReplicas);
  if (status !== "in_progress" || usual === null) return null;
  const startedAt = startOf(rollout.facts);
  const from = lateFrom(startedAt, usual);
  const since = startedAt + usual.high;
  return observedAt < from ? null : { code: "late", since, by: observedAt - since, usual, from };
}

function toRegressing(observations: Rollout["observations"]): Condition | null {
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
    rollouts: toNewestRolloutsFirst([rollout, ...rivals]).map((each) => {
      const { status, updatedReplicas, totalReplicas } = latestObservation(each).state;
      return { version: each.facts.version, status, updatedReplicas, totalReplicas };
    }),
  };
}
