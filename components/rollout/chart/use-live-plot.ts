"use client";

import { useEffect, useState, type ComponentType } from "react";

import type { Chart } from "@/lib/domain/chart";

export type LivePlotProps = { chart: Chart; onDrawn: (isDrawn: boolean) => void };

/** The plot that answers to pointer and keys; null until it has been fetched, which waits for a quiet moment. */
export function useLivePlot(): ComponentType<LivePlotProps> | null {
  const [plot, setPlot] = useState<{ LivePlot: ComponentType<LivePlotProps> } | null>(null);
  useEffect(() => {
    let isWanted = true;
    const cancel = whenIdle(() => {
      // Without it the static picture stays, which says the same; the next page load tries again.
      import("./live-plot").then(
        (loaded) => isWanted && setPlot(loaded),
        () => undefined,
      );
    });
    return () => {
      isWanted = false;
      cancel();
    };
  }, []);
  return plot?.LivePlot ?? null;
}

const latest = 2_000;

function whenIdle(act: () => void): () => void {
  if (!("requestIdleCallback" in window)) {
    const timer = setTimeout(act, latest);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(act, { timeout: latest });
  return () => cancelIdleCallback(request);
}
