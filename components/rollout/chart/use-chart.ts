"use client";

import { useMemo } from "react";

import { timesOf, type Answer } from "@/lib/client/queries/polling";
import { useTicking } from "@/lib/client/time/use-ticking";
import { toGapsOf, toInstant, toInstantOrNull, toNews, toPointsOf } from "@/lib/client/to-news";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import { apiPaths } from "@/lib/contract/paths";
import type { RolloutDetail } from "@/lib/contract/rollout-detail";
import type { RolloutView } from "@/lib/contract/rollout-view";
import { toChart, type Chart } from "@/lib/domain/chart";
import type { Gap } from "@/lib/domain/gap";
import { minute, second, type Instant } from "@/lib/domain/instant";
import type { SightState } from "@/lib/domain/sight";

/** The chart of one rollout. It moves on with news and, while the rollout lasts, about sixty times in all. */
export function useChart(
  answer: Answer<EndpointView>,
  rollout: RolloutView,
  detail: RolloutDetail | undefined,
  sight: SightState,
): Chart | null {
  const { startedAt } = toNews(rollout);
  const endedAt = toInstantOrNull(rollout.endedAt ?? rollout.noLongerReportedSince);
  const path = apiPaths.endpoint(answer.body.endpoint.id);
  const present = useTicking((now) => toPresent(now, startedAt, endedAt));
  const observedAt = useTicking(() => (sight === "live" ? null : timesOf(path, answer).observedAt));
  return useMemo(() => {
    if (detail === undefined) return null;
    const seenUntil = sight === "live" ? present : observedAt;
    return toChart({
      points: toPointsOf(detail),
      gaps: withOpenGap(toGapsOf(detail), sight, observedAt),
      transitions: detail.transitions.map(({ before }) => ({ before: toInstant(before) })),
      startedAt,
      endedAt,
      seenUntil,
      present,
    });
  }, [detail, endedAt, observedAt, present, sight, startedAt]);
}

/** The present, in steps coarse enough that a chart seldom has to be drawn for it alone. */
function toPresent(now: Instant, startedAt: Instant, endedAt: Instant | null): Instant {
  const step = endedAt === null ? Math.max(2 * second, (now - startedAt) / 60) : minute;
  const whole = 2 ** Math.ceil(Math.log2(step / second)) * second;
  return Math.ceil(now / whole) * whole;
}

/** What the viewer itself does not see is a gap too, before the server has said so or while it cannot. */
function withOpenGap(gaps: Gap[], sight: SightState, observedAt: Instant | null): Gap[] {
  if (sight === "live" || observedAt === null || gaps.some(({ until }) => until === null)) return gaps;
  const cause =
    sight === "cut_off"
      ? { code: "unreachable" as const, message: "Rollcall’s server does not answer" }
      : null;
  return [...gaps, { from: observedAt, until: null, cause }];
}
