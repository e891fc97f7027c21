"use client";

import { useQuery } from "@tanstack/react-query";
import { clsx } from "clsx";

import type { Answer } from "@/lib/client/polling";
import { rolloutQuery } from "@/lib/client/queries";
import { useApiScope } from "@/lib/client/use-api-scope";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { RolloutView } from "@/lib/contract/rollout-view";
import type { Chart } from "@/lib/domain/chart";
import { toComparison } from "@/lib/domain/comparison";
import type { ConnectionState } from "@/lib/domain/connection";
import type { Vertex } from "@/lib/domain/series";
import { pathSide, toStepLine } from "@/lib/domain/step-path";

import type { Comparison } from "./use-comparison";
import { useChart } from "./use-chart";

/** The updated replicas of another rollout at the same elapsed time, as a dotted line with a label at its end. */
export function ComparisonLine({ chart, comparison }: { chart: Chart; comparison: Comparison }) {
  const { vertices, label } = comparison;
  const end = vertices.findLast(({ updated }) => updated !== null);
  const share = Math.min((end?.elapsed ?? 0) / chart.extent, 1);
  return (
    <>
      <Line
        vertices={vertices}
        chart={chart}
        color="var(--quiet)"
        dash={{ strokeDasharray: "1 6", strokeLinecap: "round" }}
      />
      {end !== undefined && (
        // Placed by a transform, because browsers don't count those as layout shifts.
        <span
          aria-hidden="true"
          className="pointer-events-none absolute inset-x-0 -top-4.5"
          style={{ transform: `translateX(${(share > 0.5 ? share - 1 : share) * 100}%)` }}
        >
          <span
            key={share > 0.5 ? "before" : "after"}
            className={clsx(
              "absolute text-caption leading-none whitespace-nowrap text-quiet",
              share > 0.5 ? "right-0" : "left-0",
            )}
          >
            {label}
          </span>
        </span>
      )}
    </>
  );
}

/** The updated replicas of another rollout that is under way at the same time, as a dashed line. */
export function OverlapLine({
  answer,
  rollout,
  freshness,
  chart,
}: {
  answer: Answer<EndpointView>;
  rollout: RolloutView;
  freshness: ConnectionState;
  chart: Chart;
}) {
  const { data } = useQuery(rolloutQuery(useApiScope(), rollout.deploymentId));
  const other = useChart(answer, rollout, data, freshness);
  if (other === null) return null;
  // Both at their own time, not at the same elapsed time.
  const vertices = toComparison({ chart, startedAt: 0 }, { chart: other, startedAt: 0 });
  return (
    <span data-state={rollout.displayState}>
      <Line vertices={vertices} chart={chart} color="var(--state)" dash={{ strokeDasharray: "7 5" }} />
    </span>
  );
}

function Line({
  vertices,
  chart,
  color,
  dash,
}: {
  vertices: readonly Vertex[];
  chart: Chart;
  color: string;
  dash: { strokeDasharray: string; strokeLinecap?: "round" };
}) {
  return (
    <svg
      viewBox={`0 0 ${pathSide} ${pathSide}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className="pointer-events-none absolute inset-0 size-full overflow-hidden"
    >
      <path
        d={toStepLine(vertices, ({ updated }) => updated, chart)}
        fill="none"
        stroke={color}
        strokeWidth="0.125rem"
        vectorEffect="non-scaling-stroke"
        {...dash}
      />
    </svg>
  );
}
