"use client";

import { useState, type KeyboardEvent, type PointerEvent } from "react";

import type { Chart } from "@/lib/domain/chart";
import type { ChartWindow } from "@/lib/domain/chart-window";
import type { Duration, Instant } from "@/lib/domain/instant";
import { latestMoment, nextChange } from "@/lib/domain/chart-cursor";

import { toWords } from "../chart/tooltip";
import { TooltipBox } from "../chart/tooltip-box";

/** A drag shorter than this share of the plot counts as a click. */
const dragAtLeast = 0.015;

/** The tooltip, and more: a click or Enter pins the moment, a drag or Shift with the arrow keys selects a range. */
export function ChartCursor({
  chart,
  pinned,
  onPin,
  onSelect,
}: {
  chart: Chart;
  pinned: Instant | null;
  onPin: (at: Instant | null) => void;
  onSelect: (range: ChartWindow) => void;
}) {
  const [read, setRead] = useState<Duration | null>(null);
  const [anchor, setAnchor] = useState<Duration | null>(null);
  const { startedAt, extent } = chart;
  const latest = latestMoment(chart);
  const pin = pinned === null ? null : clamp(pinned - startedAt, extent);
  const at = read === null ? pin : clamp(read, extent);
  const choose = (until: Duration) => {
    const [from, to] = anchor === null || anchor < until ? [anchor ?? until, until] : [until, anchor];
    setAnchor(null);
    if (to - from >= dragAtLeast * extent) onSelect({ from: startedAt + from, until: startedAt + to });
    else onPin(startedAt + until);
  };
  const step = (event: KeyboardEvent) => {
    const here = at ?? latest;
    const next = nextChange(chart, here, event.key);
    if (next !== null) {
      if (event.shiftKey) setAnchor(anchor ?? here);
      else setAnchor(null);
      setRead(next);
    } else if (event.key === "Enter") choose(here);
    else if (event.key === "Escape") {
      setAnchor(null);
      setRead(null);
      onPin(null);
    } else return;
    event.preventDefault();
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Chart cursor. Enter pins the moment. Shift with the arrow keys, then Enter, selects a range."
      aria-valuemin={0}
      aria-valuemax={Math.round(extent / 1_000)}
      aria-valuenow={Math.round((at ?? latest) / 1_000)}
      aria-valuetext={toWords(chart, at ?? latest)}
      className="absolute inset-0 cursor-crosshair touch-pan-y select-none"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setAnchor(toElapsed(event, extent));
      }}
      onPointerMove={(event) => setRead(toElapsed(event, extent))}
      onPointerUp={(event) => choose(toElapsed(event, extent))}
      onPointerCancel={() => setAnchor(null)}
      onPointerLeave={() => setRead(null)}
      onKeyDown={step}
      onFocus={(event) => event.currentTarget.matches(":focus-visible") && setRead(pin ?? latest)}
      onBlur={() => setRead(null)}
    >
      {anchor !== null && at !== null && <Selection from={anchor} until={at} extent={extent} />}
      {at !== null && <TooltipBox chart={chart} at={at} />}
    </div>
  );
}

function Selection({ from, until, extent }: { from: Duration; until: Duration; extent: Duration }) {
  const left = Math.min(from, until) / extent;
  return (
    <span
      className="pointer-events-none absolute inset-y-0 border-x border-ink bg-ink/10"
      style={{ left: `${left * 100}%`, width: `${(Math.abs(until - from) / extent) * 100}%` }}
    />
  );
}

function toElapsed(event: PointerEvent<HTMLDivElement>, extent: Duration): Duration {
  const { left, width } = event.currentTarget.getBoundingClientRect();
  return clamp(((event.clientX - left) / width) * extent, extent);
}

function clamp(at: Duration, extent: Duration): Duration {
  return Math.min(Math.max(at, 0), extent);
}
