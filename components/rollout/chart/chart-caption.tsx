import type { Chart } from "@/lib/domain/chart";

import { Moment } from "../../ui/moment";
import { gapReason } from "./gap-reason";

/** Below the chart: from when its time counts, and every gap with its moments and its reason. */
export function ChartCaption({ chart }: { chart: Chart }) {
  const { startedAt, bands, extent, isOpen } = chart;
  return (
    <div className="mt-4 space-y-1 text-caption text-quiet">
      <p>
        Elapsed time from <Moment at={startedAt} form="exact" />
        {isOpen ? " until now." : "."} Ticks on the axis mark changes.
      </p>
      {bands.map(({ from, until, gap }) => (
        <p key={from}>
          <span className="hatched mr-2 inline-block size-3 border border-line align-[-0.1em]" />
          <Moment at={startedAt + from} form="exact" />
          {isOpen && until >= extent ? (
            " until now: "
          ) : (
            <>–{<Moment at={startedAt + until} form="exact" />}: </>
          )}
          {gapReason(gap)}
        </p>
      ))}
    </div>
  );
}
