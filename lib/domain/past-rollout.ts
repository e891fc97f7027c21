import { minute, type Duration, type Instant } from "./instant";
import type { Observation } from "./observation";
import type { Rollout, RolloutFacts } from "./rollout";
import { isMoving, isTerminal } from "./rollout-status";

/** When the number of updated replicas changed, what it and the total were from then on, and how many changed at once. */
export type Move = { at: Instant; updated: number; total: number | null; replicas: number };

/** What a rollout can wait for: its first replica, the next one, or the word that all of them are done. */
export type Phase = "first" | "next" | "last";

/** Times between two moves in milliseconds, by what was awaited. */
export type Waits = Readonly<Record<Phase, readonly Duration[]>>;

/** How one rollout went from its request to its end. Later rollouts of the endpoint are compared with it. */
export type PastRollout = {
  startedAt: Instant;
  endedAt: Instant;
  /** The total that was reported last; null: not reported. */
  total: number | null;
  /** Oldest first. */
  moves: readonly Move[];
  waits: Waits;
};

/** What a rollout of an endpoint is judged by. */
export type Habit = {
  /** Those that succeeded before, newest first. */
  pasts: readonly PastRollout[];
  /** Without movement for this long, a rollout is stalled, whatever the past says. */
  deadline: Duration;
};

/** The deadline unless another one is configured, as in kubectl and Argo Rollouts. */
export const usualDeadline: Duration = 10 * minute;

/** A rollout counts from its request. A request later than the first observation is a clock's mistake. */
export function startOf({ createdAt, firstObservedAt }: RolloutFacts): Instant {
  return Math.min(createdAt ?? firstObservedAt, firstObservedAt);
}

/** Whether a rollout succeeded, and ended after it was first seen. Its newest observation is enough. */
export function hasSucceeded({ facts, observations }: Rollout): boolean {
  const latest = observations.at(-1)?.state;
  const { endedAt, firstObservedAt } = facts;
  if (latest?.status !== "done" || endedAt === null || endedAt <= firstObservedAt) return false;
  return (latest.updatedReplicas ?? Infinity) >= (latest.totalReplicas ?? 0) && latest.errorMessage === null;
}

/** An end is known this exactly, or to this share of the duration: one that fell into a longer gap is unknown. */
const exactly: Duration = 2 * minute;
const exactShare = 0.1;

/** A rollout that succeeded, and whose start and end are known; null for every other one. */
export function toPastRollout(rollout: Rollout): PastRollout | null {
  const { facts, observations } = rollout;
  const startedAt = startOf(facts);
  const { endedAt } = facts;
  if (!hasSucceeded(rollout) || endedAt === null || !isStartKnown(rollout)) return null;
  const end = observations.find(({ state }) => isTerminal(state.status));
  const seenBefore = end?.notBefore ?? endedAt;
  if (endedAt - seenBefore > Math.max(exactly, exactShare * (endedAt - startedAt))) return null;
  const last = observations.findLast(({ state }) => state.totalReplicas !== null);
  const moves = toMoves(observations);
  return {
    startedAt,
    endedAt,
    total: last?.state.totalReplicas ?? null,
    moves,
    waits: toWaits(observations, moves, endedAt),
  };
}

/** Whether it was requested at a known time, or was first seen before anything had moved. */
export function isStartKnown({ facts, observations }: Rollout): boolean {
  const first = observations[0].state;
  return facts.createdAt !== null || first.status === "not_started" || first.updatedReplicas === 0;
}

/** The habit as it was before an instant: rollouts that ended later are left out. */
export function habitBefore({ pasts, ...habit }: Habit, instant: Instant): Habit {
  return { ...habit, pasts: pasts.filter(({ endedAt }) => endedAt <= instant) };
}

/** Every change of the updated count, oldest first. A count that appears or disappears is not a move. */
export function toMoves(observations: readonly Observation[]): Move[] {
  return observations.flatMap(({ at, state }, index) => {
    const former = observations[index - 1]?.state.updatedReplicas ?? null;
    const { updatedReplicas: updated, totalReplicas: total } = state;
    return former === null || updated === null || former === updated
      ? []
      : [{ at, updated, total, replicas: Math.abs(updated - former) }];
  });
}

/** When it was first seen in progress; null if it was not. */
export function beganAt(observations: readonly Observation[]): Instant | null {
  return observations.find(({ state }) => isMoving(state.status))?.at ?? null;
}

/** The waits between these moves. `endedAt` is when it was seen done; null while it runs. */
export function toWaits(
  observations: readonly Observation[],
  moves: readonly Move[],
  endedAt: Instant | null,
): Waits {
  const began = beganAt(observations);
  const [first] = moves;
  const last = moves.at(-1);
  if (first === undefined || last === undefined || began === null) return { first: [], next: [], last: [] };
  return {
    first: first.at > began ? [first.at - began] : [],
    next: moves.slice(1).map(({ at }, index) => at - (moves[index]?.at ?? at)),
    last: endedAt !== null && last.updated === last.total ? [endedAt - last.at] : [],
  };
}
