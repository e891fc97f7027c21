import type { Chart } from "@/lib/domain/chart";

import { Moment } from "../../ui/moment";
import { gapReason } from "./gap-bands";

/**
 * Where the elapsed time starts, and every gap with its times and reason; two gaps have their
 * places from the start. `first`: the rollout that started then.
 */
export function ChartCaption({ chart, first = null }: { chart: Chart; first?: string | null }) {
  const { startedAt, bands, marks, present } = chart;
  return (
    <div className="mt-4 min-h-[calc(5lh+0.5rem)] space-y-1 text-caption text-quiet sm:min-h-[calc(3lh+0.5rem)]">
      <p key={startedAt}>
        <span>{sinceWords(chart, first)}</span>
        <Moment at={startedAt} form="exact" />
        <span>{marks.length > 0 ? ". Ticks on the axis mark changes." : "."}</span>
      </p>
      {bands.map((band) => (
        <p key={band.from}>
          <span className="hatched mr-2 inline-block size-3 border border-line align-[-0.1em]" />
          <Moment at={startedAt + band.from} form="exact" />
          {present !== null && band.until >= present ? (
            <span key="now"> until now: </span>
          ) : (
            <span key="then">
              –<Moment at={startedAt + band.until} form="exact" />:{" "}
            </span>
          )}
          <span key={present !== null && band.until >= present ? "since" : "was"}>{gapReason(band)}</span>
        </p>
      ))}
    </div>
  );
}

function sinceWords({ isRange, isCutAtStart }: Chart, first: string | null): string {
  if (isRange) return "Time since ";
  if (isCutAtStart) return "Time since Rollcall’s first poll, ";
  return first === null ? "Time since the start, " : `Time since the start of ${first}, `;
}
