import type { RolloutView } from "@/lib/contract/rollout-view";

/** The large numeral: 7 of 12. Its first figure keeps the width of the second, so that nothing jumps. */
export function ReplicaCount({ rollout }: { rollout: RolloutView }) {
  const { updatedReplicas: updated, totalReplicas: total } = rollout;
  if (updated === null && total === null) return null;
  return (
    <p className="whitespace-nowrap">
      <span className="text-numeral font-medium tracking-[-0.03em]">
        <span className="inline-block" style={{ minWidth: `${String(total ?? "").length}ch` }}>
          {updated ?? "–"}
        </span>
        <span className="mx-[0.2em] text-lead font-normal tracking-normal text-quiet">of</span>
        {total ?? "–"}
      </span>
      <span className="mt-2 block text-caption text-quiet">{captionOf(updated, total)}</span>
    </p>
  );
}

function captionOf(updated: number | null, total: number | null): string {
  if (total === null) return "replicas updated; the total is not reported";
  return updated === null ? "replicas; how many are updated is not reported" : "replicas updated";
}
