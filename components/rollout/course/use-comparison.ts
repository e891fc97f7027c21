"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { rolloutQuery } from "@/lib/client/queries/rollout";
import { courseEnd, toGapsOf, toInstant, toNews, toPointsOf } from "@/lib/client/to-news";
import { useVantage } from "@/lib/client/use-vantage";
import type { RolloutDetail } from "@/lib/contract/rollout-detail";
import { toChart } from "@/lib/domain/chart";
import type { Course } from "@/lib/domain/comparison";

/** The rollout that another one is compared with: its course, or the reason why there is none. */
export function useComparison(deploymentId: string | null) {
  const { data, error } = useQuery({
    ...rolloutQuery(useVantage(), deploymentId ?? ""),
    enabled: deploymentId !== null,
  });
  const detail = deploymentId === null ? undefined : data?.body;
  const course = useMemo(() => (detail === undefined ? null : toCourse(detail)), [detail]);
  return { detail: detail ?? null, course, error: deploymentId === null ? null : error };
}

/** A rollout's course as far as it was recorded; null where there is nothing to draw. */
function toCourse(detail: RolloutDetail): Course | null {
  const { startedAt } = toNews(detail.rollout);
  const points = toPointsOf(detail);
  const last = points.at(-1);
  if (last === undefined) return null;
  const chart = toChart({
    points,
    gaps: toGapsOf(detail),
    transitions: detail.transitions.map(({ before }) => ({ before: toInstant(before) })),
    startedAt,
    endedAt: courseEnd(detail.rollout),
    isSettled: true,
    seenUntil: last.until,
    present: last.until,
  });
  return chart === null ? null : { chart, startedAt };
}
