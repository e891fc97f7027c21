import type { Chart } from "@/lib/domain/chart";

import { Moment } from "../../ui/moment";
import { gapReason } from "./gap-bands";

/** Where the elapsed time starts, and every gap with its times and reason. */
export function ChartCaption({ chart }: { chart: Chart }) {
  const { startedAt, bands, marks, extent, isOpen, isCutAtStart, isRange } = chart;
  return (
    <div className="mt-4 space-y-1 text-caption text-quiet">
      <p>
        <span>{sinceWords(isRange, isCutAtStart)}</span>
        <Moment at={startedAt} form="exact" />
        <span>{marks.length > 0 ? ". Ticks on the axis mark changes." : "."}</span>
      </p>
      {bands.map((band) => (
        <p key={band.from}>
          <span className="hatched mr-2 inline-block size-3 border border-line align-[-0.1em]" />
          <Moment at={startedAt + band.from} form="exact" />
          {isOpen && band.until >= extent ? (
            <span key="now"> until now: </span>
          ) : (
            <span key="then">
              –<Moment at={startedAt + band.until} form="exact" />:{" "}
            </span>
          )}
          <span>{gapReason(band)}</span>
        </p>
      ))}
    </div>
  );
}

function sinceWords(isRange: boolean, isCutAtStart: boolean): string {
  if (isRange) return "Time since ";
  return isCutAtStart ? "Time since Rollcall’s first poll, " : "Time since the start, ";
}
