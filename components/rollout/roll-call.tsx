import { clsx } from "clsx";

import type { RolloutView } from "@/lib/contract/rollout-view";
import { marksMissing, type DisplayState } from "@/lib/domain/display-state";
import { toRollCall, type RollCallCell } from "@/lib/domain/replicas";
import { countsText, undrawnCountsSentence } from "@/lib/presentation/count";

import { Frame } from "../ui/frame";
import { StateShape } from "../ui/state-shape";

/** Cells that fit into one row. Beyond this, a cell stands for a group of replicas. */
const capacity = { phone: 40, page: 120 };

/**
 * One cell per replica in one row, filled from the left. The API reports counts, not which replicas are updated. A phone
 * has place for fewer cells, so it gets a separate row where they would be too many.
 */
export function RollCall({ rollout }: { rollout: RolloutView }) {
  const isLong = (rollout.totalReplicas ?? 0) > capacity.phone;
  return (
    <>
      <div className={clsx(isLong && "max-sm:hidden")}>
        <Row rollout={rollout} capacity={capacity.page} />
      </div>
      {isLong && (
        <div className="sm:hidden">
          <Row rollout={rollout} capacity={capacity.phone} />
        </div>
      )}
    </>
  );
}

function Row({ rollout, capacity: most }: { rollout: RolloutView; capacity: number }) {
  const call = toRollCall(rollout, most);
  if (call === null || call.cells.length === 0) return <Frame>{undrawnCountsSentence(rollout)}</Frame>;
  const isMarked = marksMissing(rollout.displayState);
  const missing = isMarked ? call.cells.findIndex(({ size, filled }) => filled < size) : -1;
  return (
    <>
      <div
        role="img"
        aria-label={`${countsText(rollout)} replicas updated`}
        className={clsx("grid h-14 sm:h-16", toGap(call.cells.length))}
        // The number of columns is known before the last cell has arrived, so that none of them moves.
        style={{ gridTemplateColumns: `repeat(${call.cells.length}, minmax(0, 1fr))` }}
      >
        {call.cells.map((cell, index) => (
          <CellBox
            key={index}
            cell={cell}
            isNeutral={isMarked}
            mark={index === missing ? rollout.displayState : null}
          />
        ))}
      </div>
      {call.replicasPerCell > 1 && (
        <p className="mt-2 text-caption text-quiet">
          {`Each cell is ${call.replicasPerCell} replicas${lastCell(call.cells)}.`}
        </p>
      )}
    </>
  );
}

function CellBox({
  cell,
  isNeutral,
  mark,
}: {
  cell: RollCallCell;
  isNeutral: boolean;
  mark: DisplayState | null;
}) {
  const isFull = cell.filled === cell.size;
  return (
    <span
      className={clsx(
        "relative overflow-hidden rounded-xs transition-colors duration-300",
        mark === null ? "border-[0.09375rem]" : "border-2 border-state",
        mark === null && (isFull ? (isNeutral ? "border-updated" : "border-state") : "border-line-strong"),
      )}
    >
      <span
        className={clsx(
          "cell-fill absolute inset-0 origin-left transition-transform duration-300",
          isNeutral ? "bg-updated" : "bg-state",
        )}
        style={{ transform: `scaleX(${cell.filled / cell.size})` }}
      />
      {mark !== null && (
        <span className="absolute inset-0 grid place-items-center text-state">
          <StateShape of={mark} className="size-8 max-w-full" />
        </span>
      )}
    </span>
  );
}

function toGap(cells: number): string {
  if (cells <= 16) return "gap-1 sm:gap-2";
  return cells <= 40 ? "gap-0.5 sm:gap-1" : "gap-px sm:gap-0.5";
}

function lastCell(cells: readonly RollCallCell[]): string {
  const [first] = cells;
  const last = cells.at(-1);
  return first === undefined || last === undefined || last.size === first.size
    ? ""
    : `, the last one ${last.size}`;
}
