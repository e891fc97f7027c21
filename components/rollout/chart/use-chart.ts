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
import type { Cause } from "@/lib/domain/cause";
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
  const isSettled = rollout.endedAt !== null;
  const path = apiPaths.endpoint(answer.body.endpoint.id);
  const present = useTicking((now) => toPresent(now, startedAt, endedAt));
  const observedAt = useTicking(() => (sight === "live" ? null : timesOf(path, answer).observedAt));
  const { cause } = answer.body.freshness;
  return useMemo(() => {
    if (detail === undefined) return null;
    const points = toPointsOf(detail);
    // The viewer's own reckoning may be some milliseconds off; what was recorded is not.
    const seenLast = observedAt === null ? null : Math.max(observedAt, points.at(-1)?.until ?? observedAt);
    const seenUntil = endedAt === null && sight === "live" ? present : seenLast;
    return toChart({
      points,
      gaps: withOpenGap(toGapsOf(detail), seenLast, sight === "cut_off" ? cutOff : cause),
      transitions: detail.transitions.map(({ before }) => ({ before: toInstant(before) })),
      startedAt,
      endedAt,
      isSettled,
      seenUntil,
      present,
    });
  }, [cause, detail, endedAt, isSettled, observedAt, present, sight, startedAt]);
}

/** The present, in steps coarse enough that a chart seldom has to be drawn for it alone. */
function toPresent(now: Instant, startedAt: Instant, endedAt: Instant | null): Instant {
  const step = endedAt === null ? Math.max(2 * second, (now - startedAt) / 60) : minute;
  const whole = 2 ** Math.ceil(Math.log2(step / second)) * second;
  return Math.ceil(now / whole) * whole;
}

const cutOff: Cause = { code: "unreachable", message: "Rollcall’s server does not answer" };

/** What is not seen now is a gap too, before it is over and recorded as one. */
function withOpenGap(gaps: Gap[], observedAt: Instant | null, cause: Cause | null): Gap[] {
  if (observedAt === null || gaps.some(({ until }) => until === null)) return gaps;
  return [...gaps, { from: observedAt, until: null, cause }];
}
