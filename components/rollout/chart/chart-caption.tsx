import { clsx } from "clsx";
import type { ReactNode } from "react";

import type { Chart } from "@/lib/domain/chart";
import type { GapBand } from "@/lib/domain/series";

import { Moment } from "../../ui/moment";
import { gapReason } from "./gap-bands";

/**
 * Where the elapsed time starts, and the gaps with their times and reasons, newest first. They have two places of fixed
 * height, so that nothing below moves with a new gap: the table has those without a place, and so has paper.
 * `first`: the rollout that started then. `children` stand before the gaps, whose places are usually empty.
 */
export function ChartCaption({
  chart,
  first = null,
  children,
}: {
  chart: Chart;
  first?: string | null;
  children?: ReactNode;
}) {
  const { startedAt, marks } = chart;
  const gaps = chart.bands.toReversed();
  const named = gaps.length > 2 ? 1 : 2;
  return (
    <>
      <p key={startedAt} className="mt-4 text-caption text-quiet max-sm:min-h-[2lh]">
        <span>{sinceWords(chart, first)}</span>
        <Moment at={startedAt} form="exact" />
        <span>{marks.length > 0 ? ". Ticks on the axis mark changes." : "."}</span>
      </p>
      {children}
      <div className="mt-2 min-h-[calc(3lh+0.25rem)] space-y-1 text-caption text-quiet sm:min-h-[calc(2lh+0.25rem)]">
        {gaps.map((band, index) => (
          // In another place it is another line, and not the same one moved.
          <Line key={`${index} ${band.from}`} place={index < named ? index : null}>
            <GapText band={band} chart={chart} />
          </Line>
        ))}
        {gaps.length > named && (
          <p className="print:hidden">{`${gaps.length - named} earlier gaps are in the table.`}</p>
        )}
      </div>
    </>
  );
}

/** A line of the caption that is cut at its end. `place`: 0 or 1 of the two; null for a line on paper only. */
function Line({ place, children }: { place: number | null; children: ReactNode }) {
  return (
    <p
      className={clsx(
        "print:line-clamp-none",
        place === null && "hidden print:block",
        place === 0 && "line-clamp-2 sm:line-clamp-1",
        place === 1 && "line-clamp-1",
      )}
    >
      {children}
    </p>
  );
}

function GapText({ band, chart: { startedAt, present } }: { band: GapBand; chart: Chart }) {
  const isOpen = present !== null && band.until >= present;
  const from = startedAt + band.from;
  const until = startedAt + band.until;
  return (
    <>
      <span className="hatched mr-2 inline-block size-3 border border-line align-[-0.1em]" />
      <Moment at={from} form="exact" />
      {isOpen ? (
        <span key="now"> until now: </span>
      ) : (
        <span key="then">
          –<Moment at={until} form="exact" />:{" "}
        </span>
      )}
      <span key={isOpen ? "since" : "was"}>{gapReason(band)}</span>
    </>
  );
}

function sinceWords({ isRange, isCutAtStart }: Chart, first: string | null): string {
  if (isRange) return "Time since ";
  if (isCutAtStart) return "Time since Rollcall’s first poll, ";
  return first === null ? "Time since the start, " : `Time since the start of ${first}, `;
}
