"use client";

import { useEffect, useState, type ComponentType } from "react";

import { useLazy } from "@/lib/client/use-lazy";
import { whenIdle } from "@/lib/client/when-idle";

import type { LivePlotProps } from "./live-plot-props";

/** Recharts' plot; null until it has been fetched, which waits for a quiet moment. */
export function useLivePlot(): ComponentType<LivePlotProps> | null {
  const [isQuiet, setIsQuiet] = useState(false);
  useEffect(() => whenIdle(() => setIsQuiet(true)), []);
  return useLazy(loadPlot, isQuiet)?.LivePlot ?? null;
}

function loadPlot() {
  return import("./live-plot");
}
