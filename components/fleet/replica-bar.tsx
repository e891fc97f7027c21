import { clsx } from "clsx";

import type { RolloutView } from "@/lib/contract/rollout-view";
import { toRollCall } from "@/lib/domain/replicas";

/** Beyond this a cell stands for a group of replicas. */
const capacity = 24;

/** The roll call in a list: cells on one fixed width, so that bars compare. A dashed frame where counts are missing. */
export function ReplicaBar({ rollout, className }: { rollout: RolloutView; className?: string }) {
  const cells = toRollCall(rollout, capacity)?.cells ?? [];
  if (cells.length === 0) {
    return <div aria-hidden="true" className={clsx("border border-dashed border-line-strong", className)} />;
  }
  return (
    <div aria-hidden="true" className={clsx("flex gap-0.5", className)}>
      {cells.map(({ filled, size }, index) => (
        <span
          key={index}
          data-full={filled === size}
          className="replica-cell relative min-w-0 overflow-hidden border"
          style={{ flex: `${size} 1 0` }}
        >
          <span
            className="cell-fill absolute inset-0 origin-left transition-transform duration-300"
            style={{ transform: `scaleX(${filled / size})` }}
          />
        </span>
      ))}
    </div>
  );
}
