import type { RolloutState } from "@/lib/domain/endpoint-report";

type ReplicaCounts = Pick<RolloutState, "updatedReplicas" | "totalReplicas">;

/** What stands for a value that the API does not report. It is never zero. */
export const notReported = "not reported";

/** A count that stands alone: `12`, or `not reported`. */
export function countText(count: number | null): string {
  return count === null ? notReported : String(count);
}

/** Both counts of `6 of 12` in figures, `?` for one that is missing; null where neither is reported. */
export function countFigures(counts: ReplicaCounts): { updated: string; total: string } | null {
  const { updatedReplicas: updated, totalReplicas: total } = counts;
  if (updated === null && total === null) return null;
  return { updated: String(updated ?? "?"), total: String(total ?? "?") };
}

/** `6 of 12`, `? of 12`, or `not reported`. */
export function countsText(counts: ReplicaCounts): string {
  const figures = countFigures(counts);
  return figures === null ? notReported : `${figures.updated} of ${figures.total}`;
}

/**
 * How many replicas keep serving at the worst moment, and how many did at the lowest of the rollout until now:
 * `at least 10 of 12 serve (max 2 down), 8 at the lowest`. `lowest` is null where it was never known.
 */
export function guaranteeText(
  {
    guaranteedReplicas: guaranteed,
    totalReplicas: total,
    maxUnavailable: down,
  }: Pick<RolloutState, "totalReplicas" | "maxUnavailable"> & { guaranteedReplicas: number | null },
  lowest: number | null,
): string {
  if (guaranteed !== null && total !== null)
    return `at least ${guaranteed} of ${total} serve (max ${down} down)${lowestText(guaranteed, lowest)}`;
  const now = down === null ? `max unavailable ${notReported}` : `max ${down} down`;
  return lowest === null ? now : `${now}, at least ${lowest} served at the lowest`;
}

function lowestText(guaranteed: number, lowest: number | null): string {
  if (lowest === null) return "";
  return lowest < guaranteed ? `, ${lowest} at the lowest` : ", never fewer";
}

/** Why no cell can be drawn for these counts. */
export function undrawnCountsSentence({
  updatedReplicas: updated,
  totalReplicas: total,
}: ReplicaCounts): string {
  if (updated === null && total === null)
    return "The API reports no replica counts for this rollout. They may not be zero.";
  if (total === null) return "The API does not report the total number of replicas.";
  if (updated === null) return "The API does not report how many replicas are updated.";
  if (total === 0) return "The API reports a total of 0 replicas.";
  return "These counts cannot be drawn. The numbers are shown as the API reported them.";
}
