import type { Chart } from "@/lib/domain/chart";
import { pathSide } from "@/lib/domain/step-path";

/** A tick on the axis wherever something changed, and the axis itself. */
export function AxisMarks({ chart }: { chart: Chart }) {
  const ticks = chart.marks.map((mark) => `M${((mark / chart.extent) * pathSide).toFixed(1)} 0V10`).join("");
  return (
    <svg
      viewBox={`0 0 ${pathSide} 10`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className="absolute inset-x-0 top-0 h-2 w-full overflow-visible"
    >
      <path d={`M0 0H${pathSide}`} stroke="var(--line-strong)" vectorEffect="non-scaling-stroke" />
      <path d={ticks} stroke="var(--quiet)" strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
