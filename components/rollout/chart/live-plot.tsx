"use client";

import { startTransition, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Area, AreaChart, XAxis, YAxis } from "recharts";

import type { Chart } from "@/lib/domain/chart";
import type { Vertex } from "@/lib/domain/series";

import { strokeWidth, updatedOpacity } from "./static-plot";

type Size = { width: number; height: number };

/** The curves drawn by Recharts, in place of the static ones. `onDrawn` reports when the static ones can go. */
export function LivePlot({ chart, onDrawn }: { chart: Chart; onDrawn: (isDrawn: boolean) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => observeSize(box.current, setSize), []);
  useEffect(() => {
    if (size === null) return;
    const frame = requestAnimationFrame(() => onDrawn(true));
    return () => cancelAnimationFrame(frame);
  }, [onDrawn, size]);
  return (
    <div ref={box} aria-hidden="true" className="absolute inset-0">
      {size !== null && <Curves chart={chart} size={size} />}
    </div>
  );
}

function Curves({ chart, size }: { chart: Chart; size: Size }) {
  return (
    <AreaChart
      {...size}
      data={chart.vertices}
      margin={{ top: 0, right: 0, bottom: 0, left: 0 }}
      style={{ overflow: "visible" }}
      accessibilityLayer={false}
    >
      <XAxis hide type="number" dataKey="elapsed" domain={[0, chart.extent]} allowDataOverflow />
      <YAxis hide type="number" domain={[0, chart.top]} allowDataOverflow />
      <Area {...still} dataKey={toBand} stroke="none" fill="var(--floor)" fillOpacity={1} />
      <Area
        {...still}
        dataKey="updated"
        stroke="var(--state)"
        strokeWidth={strokeWidth}
        fill="var(--state)"
        fillOpacity={updatedOpacity}
      />
      <Area {...still} dataKey="total" stroke="var(--ink)" strokeWidth={strokeWidth} fill="none" />
    </AreaChart>
  );
}

const still = {
  type: "stepAfter",
  isAnimationActive: false,
  dot: false,
  activeDot: false,
  connectNulls: false,
} as const;

function toBand({ guaranteed, total }: Vertex): [number, number] | null {
  return guaranteed === null || total === null ? null : [guaranteed, total];
}

/** Reports the size now and on every change. In a transition, because Recharts is slow to redraw at a new size. */
function observeSize(element: HTMLDivElement | null, onSize: (size: Size) => void): (() => void) | undefined {
  if (element === null) return undefined;
  const measure = () => {
    const size = { width: element.clientWidth, height: element.clientHeight };
    startTransition(() => onSize(size));
  };
  measure();
  const observer = new ResizeObserver(measure);
  observer.observe(element);
  return () => observer.disconnect();
}
