"use client";

import { useMemo } from "react";

import { timesOf, type Answer } from "@/lib/client/polling";
import { usePolled, useTicking } from "@/lib/client/time/use-ticking";
import { timelineEnd } from "@/lib/contract/current-rollout";
import { useApiScope } from "@/lib/client/use-api-scope";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { RolloutDetail } from "@/lib/contract/rollout-detail";
import type { RolloutView } from "@/lib/contract/rollout-view";
import type { Cause } from "@/lib/domain/cause";
import { toChart, type Chart } from "@/lib/domain/chart";
import type { ChartWindow } from "@/lib/domain/chart-window";
import type { ConnectionState } from "@/lib/domain/connection";
import type { Gap } from "@/lib/domain/gap";
import { second, stepDown, stepUp, type Duration, type Instant } from "@/lib/domain/instant";
import { agreeWithLatest } from "@/lib/domain/latest-counts";
import type { Counts } from "@/lib/domain/point";
import { isTerminal } from "@/lib/domain/rollout-status";

/**
 * The chart of one rollout, or null without anything to draw. It agrees with `rollout`, which may be newer than the
 * recorded points. It moves on with every change, and with time in steps too small to see. `since`: the start of another
 * rollout drawn beside.
 */
export function useChart(
  answer: Answer<EndpointView>,
  rollout: RolloutView,
  detailAnswer: Answer<RolloutDetail> | undefined,
  freshness: ConnectionState,
  { range = null, since = null }: { range?: ChartWindow | null; since?: Instant | null } = {},
): Chart | null {
  const { startedAt } = rollout;
  const endedAt = timelineEnd(rollout);
  const isSettled = rollout.endedAt !== null;
  const path = useApiScope().paths.view;
  const detail = detailAnswer?.body;
  const { cause, observedAt: reportedAt } = answer.body.freshness;
  const readAt = Math.max(answer.answeredAt, detailAnswer?.answeredAt ?? 0);
  const seenSince = rollout.firstObservedAt;
  const ticked = useTicking(
    (now) => (isSettled ? 0 : stepDown(now, toStep(now, seenSince))),
    (now) => (isSettled ? Infinity : stepUp(now, toStep(now, seenSince))),
  );
  const observedAt = usePolled(() => (freshness === "live" ? null : timesOf(path, answer).observedAt));
  const from = range?.from ?? null;
  const until = range?.until ?? null;
  return useMemo(() => {
    if (detail === undefined) return null;
    const { points, gaps } = toAgreed(detail, rollout, reportedAt, freshness);
    // The viewer's estimate of the server's time may be off by some milliseconds; recorded times are exact.
    const newest = points.at(-1)?.until ?? 0;
    const present = Math.max(ticked, readAt, newest);
    const seenLast = observedAt === null ? null : Math.max(observedAt, newest);
    return toChart({
      points,
      gaps: withOpenGap(gaps, seenLast, freshness === "cut_off" ? cutOff : cause),
      transitions: detail.transitions,
      startedAt,
      endedAt,
      isSettled,
      seenUntil: endedAt === null && freshness === "live" ? present : seenLast,
      present,
      range: from === null || until === null ? null : { from, until },
      since,
    });
  }, [
    cause,
    detail,
    endedAt,
    from,
    isSettled,
    observedAt,
    readAt,
    rollout,
    freshness,
    since,
    startedAt,
    ticked,
    reportedAt,
    until,
  ]);
}

/** The recorded points, extended to agree with the endpoint's latest answer. */
function toAgreed(
  detail: RolloutDetail,
  rollout: RolloutView,
  reportedAt: Instant | null,
  freshness: ConnectionState,
) {
  const { points, gaps } = detail;
  const recorded = { points, gaps };
  if (reportedAt === null) return recorded;
  const latest = { counts: toCounts(rollout), seenAt: reportedAt, isLive: freshness === "live" };
  return agreeWithLatest(recorded, latest);
}

function toCounts({ status, updatedReplicas, totalReplicas, maxUnavailable }: RolloutView): Counts {
  return { status, updatedReplicas, totalReplicas, maxUnavailable };
}

/** Drawing takes time, so that the present moves on in steps: of at most 1/30 of what was seen, and at least of these. */
const leastStep: Duration = 5 * second;

function toStep(now: Instant, seenSince: Instant): Duration {
  const steps = Math.max(1, (now - seenSince) / 60 / leastStep);
  return 2 ** Math.ceil(Math.log2(steps)) * leastStep;
}

const cutOff: Cause = { code: "unreachable", message: "Rollcall’s server isn’t answering" };

/** Adds the gap that is still open: the server records a gap only when it ends. */
function withOpenGap(gaps: Gap[], observedAt: Instant | null, cause: Cause | null): Gap[] {
  if (observedAt === null || gaps.some(({ until }) => until === null)) return gaps;
  return [...gaps, { from: observedAt, until: null, cause }];
}

/** Why a rollout has no chart. `isRead`: its history is loaded. */
export function whyNoChart(rollout: RolloutView, isRead: boolean): string {
  if (!isRead) return "Loading history.";
  if (rollout.updatedReplicas === null && rollout.totalReplicas === null) {
    return "No counts have been reported, so there’s nothing to draw.";
  }
  if (isTerminal(rollout.status) && timelineEnd(rollout) === rollout.firstObservedAt) {
    return "This rollout ended before Rollcall’s first poll, so it wasn’t recorded. The next one will be recorded from the start.";
  }
  return "Rollcall is recording the first data points.";
}
