import type { Chart } from "@/lib/domain/chart";
import { pathSide, toStepArea, toStepLine } from "@/lib/domain/step-path";

/** The curves as the server draws them: stretched to the box, because it doesn't know the size. */
export function StaticPlot({ chart }: { chart: Chart }) {
  const { vertices } = chart;
  return (
    <svg
      viewBox={`0 0 ${pathSide} ${pathSide}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className="absolute inset-0 size-full overflow-visible"
    >
      <path
        d={toStepArea(
          vertices,
          ({ total }) => total,
          chart,
          ({ guaranteed }) => guaranteed,
        )}
        fill="var(--floor)"
      />
      <path
        d={toStepArea(vertices, ({ updated }) => updated, chart)}
        fill="var(--state)"
        fillOpacity={updatedOpacity}
      />
      <Line d={toStepLine(vertices, ({ total }) => total, chart)} color="var(--ink)" />
      <Line d={toStepLine(vertices, ({ updated }) => updated, chart)} color="var(--state)" />
    </svg>
  );
}

function Line({ d, color }: { d: string; color: string }) {
  return (
    <path d={d} fill="none" stroke={color} strokeWidth={strokeWidth} vectorEffect="non-scaling-stroke" />
  );
}

/** Shared with the Recharts plot, so that replacing one by the other isn't visible. */
export const strokeWidth = "0.125rem";
export const updatedOpacity = 0.2;
