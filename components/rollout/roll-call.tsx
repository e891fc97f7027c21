import { clsx } from "clsx";

import type { RolloutView } from "@/lib/contract/rollout-view";
import { toRollCall, type RollCallCell } from "@/lib/domain/replicas";
import { countFigures, countsCaption, countsText, undrawnCountsSentence } from "@/lib/presentation/count";

import { Frame } from "../ui/frame";

/** More cells would be too small, so beyond this a cell stands for a group of replicas. */
const capacity = 120;

/** One cell per replica, filled from the left. The API reports counts, not which replicas are updated. */
export function RollCall({ rollout }: { rollout: RolloutView }) {
  const call = toRollCall(rollout, capacity);
  if (call === null || call.cells.length === 0) return <Frame>{undrawnCountsSentence(rollout)}</Frame>;
  const size = sizeFor(call.cells.length);
  return (
    <div className="min-w-0 flex-1 basis-64 pt-1.5">
      <div
        role="img"
        aria-label={`${countsText(rollout)} replicas updated`}
        className={clsx("flex flex-wrap", size.gap)}
      >
        {call.cells.map((cell, index) => (
          <CellBox key={index} cell={cell} className={size.cell} />
        ))}
      </div>
      {call.replicasPerCell > 1 && (
        <p className="mt-3 text-caption text-quiet">
          {`Each cell is ${call.replicasPerCell} replicas${lastCell(call.cells)}.`}
        </p>
      )}
    </div>
  );
}

function CellBox({ cell, className }: { cell: RollCallCell; className: string }) {
  return (
    <span
      className={clsx(
        "relative overflow-hidden rounded-xs border-[0.09375rem] transition-colors duration-300",
        cell.filled === cell.size ? "border-state" : "border-line-strong",
        className,
      )}
    >
      <span
        className="cell-fill absolute inset-0 origin-left bg-state transition-transform duration-300"
        style={{ transform: `scaleX(${cell.filled / cell.size})` }}
      />
    </span>
  );
}

function sizeFor(cells: number): { cell: string; gap: string } {
  if (cells <= 16) return { cell: "h-16 w-10", gap: "gap-2" };
  if (cells <= 40) return { cell: "h-10 w-6", gap: "gap-1.5" };
  return { cell: "h-5 w-3", gap: "gap-1" };
}

function lastCell(cells: readonly RollCallCell[]): string {
  const [first] = cells;
  const last = cells.at(-1);
  return first === undefined || last === undefined || last.size === first.size
    ? ""
    : `, the last one ${last.size}`;
}

/** The large numeral, `7 of 12`, at the right edge, where the first number can grow without moving anything. */
export function ReplicaCount({ rollout }: { rollout: RolloutView }) {
  const figures = countFigures(rollout);
  if (figures === null) return null;
  return (
    <p className="flex w-full items-baseline justify-between gap-6 sm:order-last sm:ml-auto sm:block sm:w-auto sm:text-right">
      <span className="whitespace-nowrap text-numeral font-medium max-sm:order-last">
        <span className="inline-block text-right" style={{ minWidth: `${figures.total.length}ch` }}>
          {figures.updated}
        </span>
        <span className="mx-[0.45em] text-lead font-normal text-quiet">of</span>
        <span>{figures.total}</span>
      </span>
      <span className="text-caption text-quiet sm:mt-2 sm:block">{countsCaption(rollout)}</span>
    </p>
  );
}
