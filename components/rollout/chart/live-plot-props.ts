import type { Chart } from "@/lib/domain/chart";

/** What Recharts' plot is given; it says when it stands, so that the static one can go. */
export type LivePlotProps = { chart: Chart; onDrawn: (isDrawn: boolean) => void };
