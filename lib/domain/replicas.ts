import type { RolloutState } from "./endpoint-report";

/** A count that can be drawn: whole and not below zero. */
function isDrawable(count: number | null): count is number {
  return count !== null && Number.isInteger(count) && count >= 0;
}

/** Replicas that keep serving at the worst moment: total − max unavailable; null when either is not reported. */
export function guaranteedReplicas(
  state: Pick<RolloutState, "totalReplicas" | "maxUnavailable">,
): number | null {
  const { totalReplicas, maxUnavailable } = state;
  if (!isDrawable(totalReplicas) || !isDrawable(maxUnavailable)) return null;
  return Math.max(0, totalReplicas - maxUnavailable);
}

/** The lowest guaranteed count over time; null where it was never known. */
export function lowestGuaranteed(
  states: readonly Pick<RolloutState, "totalReplicas" | "maxUnavailable">[],
): number | null {
  let lowest: number | null = null;
  for (const state of states) {
    const count = guaranteedReplicas(state);
    if (count !== null && (lowest === null || count < lowest)) lowest = count;
  }
  return lowest;
}

/** One cell of the roll call: `size` replicas, `filled` of them updated. */
export type RollCallCell = { size: number; filled: number };

/**
 * The cells to draw for `updated` of `total`, in order, at most `capacity`. If more would be needed, each cell stands
 * for an equal group, the last one for the remainder. Updated is capped by total, so `7 of 5` fills five cells. Null
 * when the counts cannot be drawn.
 */
export function toRollCall(
  counts: Pick<RolloutState, "updatedReplicas" | "totalReplicas">,
  capacity: number,
): { cells: RollCallCell[]; replicasPerCell: number } | null {
  const { updatedReplicas: updated, totalReplicas: total } = counts;
  if (!isDrawable(updated) || !isDrawable(total)) return null;
  const replicasPerCell = Math.max(1, Math.ceil(total / Math.max(1, capacity)));
  const cells = Array.from({ length: Math.ceil(total / replicasPerCell) }, (_, index) => {
    const first = index * replicasPerCell;
    const size = Math.min(replicasPerCell, total - first);
    return { size, filled: Math.min(size, Math.max(0, updated - first)) };
  });
  return { cells, replicasPerCell };
}
