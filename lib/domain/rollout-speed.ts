import { greatest } from "./extremes";
import type { Instant } from "./instant";
import type { Observation } from "./observation";
import { toMoves } from "./past-rollout";
import { isMoving } from "./rollout-status";

/** When the wait for the next movement began: at the newest movement, or when the rollout began to move. */
export function lastMovedAt(observations: readonly Observation[]): Instant | null {
  const moving = observations.filter(({ state }) => isMoving(state.status));
  const phase = moving.at(-1)?.state.status;
  const phaseStart = observations.findLastIndex(({ state }) => state.status !== phase) + 1;
  const startedAt = phase === undefined ? undefined : observations[phaseStart]?.at;
  const movedAt = toMoves(observations).at(-1)?.at;
  const known = [startedAt, movedAt].filter((instant) => instant !== undefined);
  return greatest(known);
}
