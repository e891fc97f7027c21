import { clsx } from "clsx";

import type { RolloutView } from "@/lib/contract/rollout-view";
import { toRollCall, type RollCallCell } from "@/lib/domain/replicas";

import { Frame } from "../ui/frame";

/** More cells than this would be dots: past it, a cell stands for a group. */
const capacity = 120;

/** One cell per replica, filled when updated. Which replica is which, the API does not say. */
export function RollCall({ rollout }: { rollout: RolloutView }) {
  const { updatedReplicas: updated, totalReplicas: total } = rollout;
  const call = toRollCall(rollout, capacity);
  if (call === null || call.cells.length === 0) return <Frame>{whyNone(rollout)}</Frame>;
  const size = sizeFor(call.cells.length);
  return (
    <div className="min-w-0 flex-1 basis-64 pt-1.5">
      <div
        role="img"
        aria-label={`${updated ?? 0} of ${total ?? 0} replicas updated`}
        className={clsx("flex flex-wrap", size.gap)}
      >
        {call.cells.map((cell, index) => (
          <CellBox key={index} cell={cell} className={size.cell} />
        ))}
      </div>
      {call.replicasPerCell > 1 && (
        <p className="mt-3 text-caption text-quiet">
          {`Each cell stands for ${call.replicasPerCell} replicas${lastCell(call.cells)}.`}
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
    : `, the last one for ${last.size}`;
}

function whyNone({ updatedReplicas: updated, totalReplicas: total }: RolloutView): string {
  if (updated === null && total === null) {
    return "Not reported. The API tells neither how many replicas are updated nor how many there are. That is not zero: it is not known.";
  }
  if (total === null) return "The total is not reported, so there is nothing to count against.";
  if (updated === null) return "Not reported: how many of the replicas are updated is not known.";
  if (total === 0) return "The API reports a total of 0 replicas: there is none to call.";
  return "These counts cannot be drawn. The numbers are shown as they were reported.";
}

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
