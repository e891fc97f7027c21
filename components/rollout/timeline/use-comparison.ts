"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { rolloutQuery } from "@/lib/client/queries";
import { timelineEnd } from "@/lib/contract/current-rollout";
import { useApiScope } from "@/lib/client/use-api-scope";
import type { RolloutDetail } from "@/lib/contract/rollout-detail";
import { toChart } from "@/lib/domain/chart";
import type { RolloutChart } from "@/lib/domain/comparison";

/** The rollout to compare with and its chart, or the error of loading it. */
export function useComparison(deploymentId: string | null) {
  const { data, error } = useQuery({
    ...rolloutQuery(useApiScope(), deploymentId ?? ""),
    enabled: deploymentId !== null,
  });
  const detail = deploymentId === null ? undefined : data?.body;
  const timeline = useMemo(() => (detail === undefined ? null : toRolloutChart(detail)), [detail]);
  return { detail: detail ?? null, timeline, error: deploymentId === null ? null : error };
}

/** The chart of a recorded rollout; null if it has no points. */
function toRolloutChart(detail: RolloutDetail): RolloutChart | null {
  const { startedAt } = detail.rollout;
  const { gaps, points, transitions } = detail;
  const last = points.at(-1);
  if (last === undefined) return null;
  const chart = toChart({
    points,
    gaps,
    transitions,
    startedAt,
    endedAt: timelineEnd(detail.rollout),
    isSettled: true,
    seenUntil: last.until,
    present: last.until,
  });
  return chart === null ? null : { chart, startedAt };
}
