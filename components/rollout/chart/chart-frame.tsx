"use client";

import { clsx } from "clsx";
import { memo, useEffect, useState, type ReactNode } from "react";

import { useLazy, whenIdle } from "@/lib/client/use-lazy";
import type { Chart } from "@/lib/domain/chart";
import { chartSentence } from "@/lib/presentation/chart-words";

import { AxisMarks, CountAxis, ElapsedAxis, PresentLine } from "./axes";
import { EndLabels, type Beside } from "./end-labels";
import { GapBands } from "./gap-bands";
import { ComparisonLine } from "./other-lines";
import { StaticPlot } from "./static-plot";
import { ChartTooltip } from "./tooltip";
import type { Comparison } from "./use-comparison";

/**
 * The chart's box. Axes, gaps and labels stay; only the curves change from a static drawing to Recharts once that is
 * loaded, at the same place and scale. `children` replace the tooltip.
 */
export const ChartFrame = memo(function ChartFrame({
  chart,
  isTall = false,
  comparison = null,
  beside = null,
  lines = null,
  children,
}: {
  chart: Chart;
  isTall?: boolean;
  /** An earlier rollout, drawn as a dotted line. */
  comparison?: Comparison | null;
  /** Names and ends of several rollouts at once, whose curves are the `lines`. */
  beside?: Beside | null;
  lines?: ReactNode;
  children?: ReactNode;
}) {
  const late = useLivePlot();
  const [isDrawn, setIsDrawn] = useState(false);
  return (
    <figure className={clsx("relative", isTall ? "h-72 sm:h-80" : "h-65")} aria-label={chartSentence(chart)}>
      <CountAxis chart={chart} />
      <div className="absolute top-5 right-27 bottom-9 left-8 sm:right-32">
        <GapBands chart={chart} />
        {/* Only the static plot fits the width of a printed page. */}
        <div className={clsx("absolute inset-0", isDrawn && "hidden print:block")}>
          <StaticPlot chart={chart} />
        </div>
        {/* A tab in the background measures nothing, so that its plot can still be as wide as before. */}
        <div className="absolute inset-0 overflow-x-clip print:invisible print:overflow-hidden">
          {late !== null && <late.LivePlot chart={chart} onDrawn={setIsDrawn} />}
        </div>
        <PresentLine chart={chart} />
        {lines}
        {comparison !== null && <ComparisonLine chart={chart} comparison={comparison} />}
        <EndLabels chart={chart} beside={beside} />
        {children ?? <ChartTooltip chart={chart} />}
      </div>
      <div className="absolute right-27 bottom-0 left-8 h-9 sm:right-32">
        <AxisMarks chart={chart} />
        <ElapsedAxis chart={chart} />
      </div>
    </figure>
  );
});

/** Recharts' plot; null until it is loaded, which waits until the browser is idle. */
function useLivePlot() {
  const [isQuiet, setIsQuiet] = useState(false);
  useEffect(() => whenIdle(() => setIsQuiet(true)), []);
  return useLazy(loadPlot, isQuiet);
}

function loadPlot() {
  return import("./live-plot");
}
