"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { endedRolloutQuery, rolloutQuery } from "@/lib/client/queries";
import { useApiScope } from "@/lib/client/use-api-scope";
import { timelineEnd } from "@/lib/contract/current-rollout";
import type { RolloutDetail } from "@/lib/contract/rollout-detail";
import { toChart, type Chart } from "@/lib/domain/chart";
import { toComparison, toProgress, withRoomFor, type RolloutChart } from "@/lib/domain/comparison";
import type { Vertex } from "@/lib/domain/series";
import { comparisonLabel, comparisonSentence } from "@/lib/presentation/comparison-sentence";

/** Another rollout drawn in the chart of one: its curve at the same elapsed time, its label and what it says. */
export type Comparison = { vertices: readonly Vertex[]; label: string; sentence: string };

type Shown = Parameters<typeof comparisonSentence>[0];

/** Which rollout to compare with: one that is over, or one that a person chose. */
type Other = { deploymentId: string; isChosen: boolean };

/** The rollout to compare with and its chart, or the error of loading it. */
export function useOther(other: Other | null) {
  const apiScope = useApiScope();
  const query = other?.isChosen === true ? rolloutQuery : endedRolloutQuery;
  const { data, error } = useQuery({
    ...query(apiScope, other?.deploymentId ?? ""),
    enabled: other !== null,
  });
  const detail = other === null ? undefined : data?.body;
  const timeline = useMemo(() => (detail === undefined ? null : toRolloutChart(detail)), [detail]);
  return { detail: detail ?? null, timeline, error: other === null ? null : error };
}

/** The chart with room for the other rollout's curve, and that curve; the chart alone if there is none to draw. */
export function useCompared(
  drawn: Chart | null,
  shown: Shown | undefined,
  { detail, timeline }: Pick<ReturnType<typeof useOther>, "detail" | "timeline">,
): { chart: Chart; comparison: Comparison | null } | null {
  return useMemo(() => {
    if (drawn === null || shown === undefined) return null;
    if (detail === null || timeline === null) return { chart: drawn, comparison: null };
    const { rollout } = detail;
    const vertices = toComparison({ chart: drawn, startedAt: shown.startedAt }, timeline);
    const { present } = drawn;
    const elapsed = present === null ? null : drawn.startedAt + present - shown.startedAt;
    const now =
      elapsed === null || present === null ? null : { elapsed, ...toProgress(drawn, vertices, present) };
    return {
      chart: withRoomFor(drawn, vertices),
      comparison: {
        vertices,
        label: comparisonLabel(rollout),
        sentence: comparisonSentence(shown, { ...rollout, isBroken: isBroken(vertices) }, now),
      },
    };
  }, [detail, drawn, shown, timeline]);
}

/** Whether counts are missing between others. */
function isBroken(vertices: readonly Vertex[]): boolean {
  const isKnown = ({ updated }: Vertex) => updated !== null;
  return vertices
    .slice(vertices.findIndex(isKnown), vertices.findLastIndex(isKnown))
    .some((at) => !isKnown(at));
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
