import type { Chart } from "@/lib/domain/chart";
import { chartCounts } from "@/lib/presentation/chart-words";
import { formatLength } from "@/lib/presentation/duration";

import { Moment } from "../../ui/moment";

/** The counts at one moment, beside a vertical line. */
export function TooltipBox({ chart, at }: { chart: Chart; at: number }) {
  const share = at / chart.extent;
  const side = share > 0.5 ? { right: `${(1 - share) * 100}%` } : { left: `${share * 100}%` };
  return (
    <>
      <span
        className="pointer-events-none absolute inset-y-0 border-l border-line-strong"
        style={{ left: `${share * 100}%` }}
      />
      <span
        className="pointer-events-none absolute top-2 z-10 mx-2 border border-line-strong bg-ground px-3 py-2 text-caption whitespace-nowrap"
        style={side}
      >
        <span className="block text-quiet">
          <Moment at={chart.startedAt + at} form="exact" />
          <span>{`, ${formatLength(at)} in`}</span>
        </span>
        {chartCounts(chart, at).map((line) => (
          <span key={line} className="block">
            {line}
          </span>
        ))}
      </span>
    </>
  );
}
