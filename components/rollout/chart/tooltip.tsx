"use client";

import { useState, type KeyboardEvent, type PointerEvent } from "react";

import { useLazy } from "@/lib/client/use-lazy";
import type { Chart } from "@/lib/domain/chart";
import { latestMoment, nextChange } from "@/lib/domain/chart-cursor";
import { chartCounts } from "@/lib/presentation/chart-words";
import { formatLength } from "@/lib/presentation/duration";

/** Shows the counts under the pointer. The arrow keys move it from change to change. */
export function ChartTooltip({ chart }: { chart: Chart }) {
  const [read, setRead] = useState<number | null>(null);
  const at = read === null ? null : Math.min(read, chart.extent);
  const late = useLazy(loadBox, at !== null);
  const point = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setRead(Math.min(Math.max((event.clientX - left) / width, 0), 1) * chart.extent);
  };
  const step = (event: KeyboardEvent) => {
    const next = nextChange(chart, at, event.key);
    if (next === null) return;
    event.preventDefault();
    setRead(next);
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Chart cursor"
      aria-valuemin={0}
      aria-valuemax={Math.round(chart.extent / 1_000)}
      aria-valuenow={Math.round((at ?? latestMoment(chart)) / 1_000)}
      aria-valuetext={toWords(chart, at ?? latestMoment(chart))}
      className="absolute inset-0 touch-pan-y"
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={() => setRead(null)}
      onKeyDown={step}
      onFocus={(event) => event.currentTarget.matches(":focus-visible") && setRead(latestMoment(chart))}
      onBlur={() => setRead(null)}
    >
      {at !== null && late !== null && <late.TooltipBox chart={chart} at={at} />}
    </div>
  );
}

/** The counts at one moment, as text. */
export function toWords(chart: Chart, at: number): string {
  return [`${formatLength(at)} in`, ...chartCounts(chart, at)].join(", ");
}

function loadBox() {
  return import("./tooltip-box");
}
