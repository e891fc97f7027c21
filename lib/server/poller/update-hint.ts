import "server-only";

import type { EndpointReport } from "@/lib/domain/endpoint-report";
import { second, type Duration, type Instant } from "@/lib/domain/instant";
import { greatest } from "@/lib/domain/extremes";
import type { Moment } from "@/lib/server/clock";
import type { UpdateHint } from "@/lib/server/state/endpoint-state";

/** A listing that always moves would cost more requests than polls do. */
const mostFalseAlarms = 5;
/** An API may stamp the endpoint a moment before the deployment that the same request made. */
const tolerance: Duration = 10 * second;

/** Applies a listing. `askedTick` is when it was requested, `formerTick` when the one before it was; null: there was none. */
export function takeListedUpdate(
  hint: UpdateHint,
  listing: { updatedAt: Instant | null; askedTick: Duration; formerTick: Duration | null; at: Instant },
): UpdateHint {
  const { updatedAt, askedTick, formerTick, at } = listing;
  const hasMoved = updatedAt !== hint.listed;
  const heldUntil = hasMoved && hint.heldUntil === null ? formerTick : hint.heldUntil;
  return judgeChange({ ...hint, listed: updatedAt, heldUntil }, askedTick, at);
}

/** Whether a change that a poll found shows in a listing that was requested after the poll. */
function judgeChange(hint: UpdateHint, askedTick: Duration, at: Instant): UpdateHint {
  const { change } = hint;
  if (change === null || askedTick < change.tick) return hint;
  const judged = { ...hint, change: null };
  return hint.listed === change.listed ? fail(judged, at, "unmoved") : prove(judged);
}

/**
 * Applies a good answer. `listed` is what the listing said when the endpoint was polled, `wasIdle` whether nothing was
 * rolling out before, and `hasChanged` whether the answer differs from the one before.
 */
export function takeAnsweredUpdate(
  hint: UpdateHint,
  answer: { report: EndpointReport; listed: Instant | null; wasIdle: boolean; hasChanged: boolean } & Moment,
): UpdateHint {
  const { report, listed, wasIdle, hasChanged, tick, at } = answer;
  const answered = { ...hint, answered: listed, heldUntil: hint.listed === listed ? null : hint.heldUntil };
  if (!wasIdle || hint.answered == null || listed === null) return judgeReply(answered, report, at);
  const hasMoved = listed !== hint.answered;
  if (!hasChanged) return judgeReply(hasMoved ? countFalseAlarm(answered, at) : answered, report, at);
  if (hasMoved) return prove({ ...answered, falseAlarms: 0 });
  return { ...answered, change: hint.change ?? { listed, tick } };
}

function countFalseAlarm(hint: UpdateHint, at: Instant): UpdateHint {
  const falseAlarms = hint.falseAlarms + 1;
  const counted = { ...hint, falseAlarms };
  return falseAlarms < mostFalseAlarms ? counted : fail(counted, at, "false_alarms");
}

/**
 * What the reply itself proves: a newer `updated` than the endpoint's creation, that covers its newest deployment,
 * moved with that deployment. One that is older than the deployment did not.
 */
function judgeReply(hint: UpdateHint, report: EndpointReport, at: Instant): UpdateHint {
  const { updatedAt, createdAt, deployments } = report;
  const newest = greatest(deployments.flatMap(({ createdAt: each }) => (each === null ? [] : [each])));
  if (updatedAt === null || newest === null) return hint;
  if (updatedAt < newest - tolerance) return fail(hint, at, "older_than_deployment");
  const hasMovedOnce = createdAt !== null && updatedAt > createdAt;
  return hasMovedOnce && hint.listed === updatedAt ? prove(hint) : hint;
}

/** A hint that failed once is never trusted again. */
function prove(hint: UpdateHint): UpdateHint {
  return hint.failure === null && !hint.isProven ? { ...hint, isProven: true } : hint;
}

function fail(
  hint: UpdateHint,
  at: Instant,
  reason: NonNullable<UpdateHint["failure"]>["reason"],
): UpdateHint {
  return hint.failure === null ? { ...hint, isProven: false, failure: { at, reason } } : hint;
}

/** Whether the listing says that the endpoint changed since it was last polled. */
export function hasUnansweredUpdate({ listed, answered, failure }: UpdateHint): boolean {
  return failure === null && answered !== undefined && listed !== null && listed !== answered;
}

/** Whether the listing can stand for polls of the endpoint: its hint is proven, and the listing shows no change. */
export function isCovering(hint: UpdateHint): boolean {
  const { isProven, change, listed, answered, heldUntil } = hint;
  if (!isProven || change !== null || listed === null || answered == null) return false;
  // Until the poll that a move causes, the listing before it still counts.
  return listed === answered || heldUntil !== null;
}
