import type { RolloutView } from "@/lib/contract/rollout-view";

/**
 * The large numeral, 7 of 12, at the right edge: there the first number can grow without moving anything,
 * and it stands there already while the page is still arriving.
 */
export function ReplicaCount({ rollout }: { rollout: RolloutView }) {
  const { updatedReplicas: updated, totalReplicas: total } = rollout;
  if (updated === null && total === null) return null;
  return (
    <p className="flex w-full items-baseline justify-between gap-6 sm:order-last sm:ml-auto sm:block sm:w-auto sm:text-right">
      <span className="whitespace-nowrap text-numeral font-medium max-sm:order-last">
        <span className="inline-block text-right" style={{ minWidth: `${String(total ?? "").length}ch` }}>
          {updated ?? "–"}
        </span>
        <span className="mx-[0.45em] text-lead font-normal text-quiet">of</span>
        <span>{total ?? "–"}</span>
      </span>
      <span className="text-caption text-quiet sm:mt-2 sm:block">{captionOf(updated, total)}</span>
    </p>
  );
}

function captionOf(updated: number | null, total: number | null): string {
  if (total === null) return "replicas updated; the total is not reported";
  return updated === null ? "replicas; how many are updated is not reported" : "replicas updated";
}
