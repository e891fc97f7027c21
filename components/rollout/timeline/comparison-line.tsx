import type { Chart } from "@/lib/domain/chart";
import type { Vertex } from "@/lib/domain/series";
import { pathSide, toStepLine } from "@/lib/domain/step-path";

/** The updated replicas of another rollout at the same elapsed time, as a thin dotted line. */
export function ComparisonLine({ chart, vertices }: { chart: Chart; vertices: readonly Vertex[] }) {
  return (
    <svg
      viewBox={`0 0 ${pathSide} ${pathSide}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className="absolute inset-0 size-full overflow-hidden"
    >
      <path
        d={toStepLine(vertices, ({ updated }) => updated, chart)}
        fill="none"
        stroke="var(--quiet)"
        strokeWidth="0.125rem"
        strokeDasharray="1 6"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
