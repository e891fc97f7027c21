import type { Chart } from "@/lib/domain/chart";
import { formatDuration } from "@/lib/domain/duration";

import { Moment } from "../../ui/moment";

/** What the chart says at one change: also in the table, which is its other copy. */
export function Readout({ chart, elapsed }: { chart: Chart; elapsed: number }) {
  const vertex = chart.vertices.findLast((candidate) => candidate.elapsed <= elapsed);
  const told = (["updated", "total", "guaranteed"] as const).flatMap((of) =>
    vertex === undefined || vertex[of] === null ? [] : [`${vertex[of]} ${of}`],
  );
  return (
    <div className="border border-line-strong bg-ground px-3 py-2 text-caption">
      <p className="text-quiet">
        <Moment at={chart.startedAt + elapsed} form="exact" />, {formatDuration(elapsed)} in
      </p>
      {told.length === 0 ? <p>Not reported</p> : told.map((line) => <p key={line}>{line}</p>)}
    </div>
  );
}
