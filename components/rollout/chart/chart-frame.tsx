"use client";

import { clsx } from "clsx";
import { memo, useState, type ReactNode } from "react";

import type { Chart } from "@/lib/domain/chart";

import { AxisMarks } from "./axis-marks";
import { CountAxis, ElapsedAxis } from "./axes";
import { EndLabels } from "./end-labels";
import { describeChart } from "./describe-chart";
import { GapBands } from "./gap-bands";
import { ChartTooltip } from "./tooltip";
import { StaticPlot } from "./static-plot";
import { useLivePlot } from "./use-live-plot";

/**
 * The chart's box. Ground, axes, gaps and labels are the same before and after the scripts are there;
 * only the curves pass from static drawing to Recharts, in the same place and to the same scale.
 * What lies over the plot and reads it is the children; unless told, the readout.
 */
export const ChartFrame = memo(function ChartFrame({
  chart,
  children,
}: {
  chart: Chart;
  children?: ReactNode;
}) {
  const LivePlot = useLivePlot();
  const [isDrawn, setIsDrawn] = useState(false);
  return (
    <figure className="relative h-72 sm:h-80" aria-label={describeChart(chart)}>
      <CountAxis chart={chart} />
      <div className="absolute top-1 right-27 bottom-9 left-8 sm:right-32">
        <GapBands chart={chart} />
        {/* On paper the plot is as wide as the paper, which only the static one can be. */}
        <div className={clsx("absolute inset-0", isDrawn && "hidden print:block")}>
          <StaticPlot chart={chart} />
        </div>
        <div className="absolute inset-0 print:invisible print:overflow-hidden">
          {LivePlot !== null && <LivePlot chart={chart} onDrawn={setIsDrawn} />}
        </div>
        <EndLabels chart={chart} />
        {children ?? <ChartTooltip chart={chart} />}
      </div>
      <div className="absolute right-27 bottom-0 left-8 h-9 sm:right-32">
        <AxisMarks chart={chart} />
        <ElapsedAxis chart={chart} />
      </div>
    </figure>
  );
});
