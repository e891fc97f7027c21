"use client";

import { useEffect, useState, type ComponentType } from "react";

import { useLate } from "@/lib/client/use-late";
import { whenIdle } from "@/lib/client/when-idle";

import type { LivePlotProps } from "./live-plot-props";

/** Recharts' plot; null until it has been fetched, which waits for a quiet moment. */
export function useLivePlot(): ComponentType<LivePlotProps> | null {
  const [isQuiet, setIsQuiet] = useState(false);
  useEffect(() => whenIdle(() => setIsQuiet(true)), []);
  return useLate(loadPlot, isQuiet)?.LivePlot ?? null;
}

function loadPlot() {
  return import("./live-plot");
}
