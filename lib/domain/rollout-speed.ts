import { greatest, median } from "./extremes";
import type { Duration, Instant } from "./instant";
import type { Observation } from "./observation";
import { isMoving } from "./rollout-status";

/** When the number of updated replicas changed, and by how much (negative: backwards). */
type Movement = { at: Instant; by: number };

/** Every change of the updated count, oldest first. A count that appears or disappears is not a movement. */
function toMovements(observations: readonly Observation[]): Movement[] {
  return observations.flatMap((observation, index) => {
    const former = observations[index - 1]?.state.updatedReplicas ?? null;
    const updated = observation.state.updatedReplicas;
    return former === null || updated === null || former === updated
      ? []
      : [{ at: observation.at, by: updated - former }];
  });
}

/** When the wait for the next movement began: at the newest movement, or when the rollout began to move. */
export function lastMovedAt(observations: readonly Observation[]): Instant | null {
  const moving = observations.filter(({ state }) => isMoving(state.status));
  const phase = moving.at(-1)?.state.status;
  const phaseStart = observations.findLastIndex(({ state }) => state.status !== phase) + 1;
  const startedAt = phase === undefined ? undefined : observations[phaseStart]?.at;
  const movedAt = toMovements(observations).at(-1)?.at;
  const known = [startedAt, movedAt].filter((instant) => instant !== undefined);
  return greatest(known);
}

/**
 * The median time one replica took in this rollout, in milliseconds; null before any has moved.
 * A step of three replicas counts as three times a third of its wait.
 */
export function medianTimePerReplica(observations: readonly Observation[]): Duration | null {
  const startedAt = observations.find(({ state }) => isMoving(state.status))?.at;
  if (startedAt === undefined) return null;
  const movements = toMovements(observations).filter(({ at }) => at > startedAt);
  const waits = movements.flatMap(({ at, by }, index) => {
    const replicas = Math.abs(by);
    const since = movements[index - 1]?.at ?? startedAt;
    return Array.from({ length: Math.min(replicas, 1_000) }, () => (at - since) / replicas);
  });
  return median(waits);
}
