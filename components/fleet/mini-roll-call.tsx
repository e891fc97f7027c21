import { clsx } from "clsx";

import type { RolloutView } from "@/lib/contract/rollout-view";
import { toRollCall } from "@/lib/domain/replicas";
import { countFigures, notReported } from "@/lib/presentation/count";

const capacity = 40;
const roomy = 24;

/** The roll call in a list: the counts as figures, and as very small cells. */
export function MiniRollCall({ rollout }: { rollout: RolloutView }) {
  const figures = countFigures(rollout);
  const call = toRollCall(rollout, capacity) ?? { cells: [], replicasPerCell: 1 };
  const isRoomy = call.cells.length <= roomy && call.replicasPerCell === 1;
  const width = isRoomy ? "w-[0.4375rem] mr-[0.1875rem]" : "w-1 mr-0.5";
  return (
    <span className="flex items-center gap-4">
      <span className="w-20 shrink-0 whitespace-nowrap">
        {figures === null ? (
          <span className="text-quiet">{notReported}</span>
        ) : (
          <>
            <span>{figures.updated}</span> <span className="text-quiet">of</span> <span>{figures.total}</span>
          </>
        )}
      </span>
      <span aria-hidden="true" className="flex items-center">
        {call.cells.map(({ filled, size }, index) => (
          <span
            key={index}
            className={clsx(
              "relative h-3.5 overflow-hidden border",
              width,
              filled === size ? "border-state" : "border-line-strong",
            )}
          >
            <span
              className="cell-fill absolute inset-0 origin-left bg-state transition-transform duration-300"
              style={{ transform: `scaleX(${filled / size})` }}
            />
          </span>
        ))}
        {call.replicasPerCell > 1 && (
          <span className="ml-2 text-caption whitespace-nowrap text-quiet">{`${call.replicasPerCell} each`}</span>
        )}
      </span>
    </span>
  );
}
