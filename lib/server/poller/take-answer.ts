import "server-only";

import type { Cause } from "@/lib/domain/cause";
import { isGap } from "@/lib/domain/gap";
import type { EndpointReport } from "@/lib/domain/endpoint-report";
import type { Moment } from "@/lib/server/clock";
import type { Entry, KeptReply, Recording } from "@/lib/server/db/recording";
import type { UpstreamFailure } from "@/lib/server/upstream/failure";

import { compareReport } from "./compare";
import {
  correctPicture,
  findJumpAhead,
  isClockBehind,
  toClockCorrection,
  toStepBack,
  type ClockCorrection,
} from "./correct-clock";
import type { EndpointState, UnreadReply } from "@/lib/server/state/endpoint-state";
import { concludeNotFound, extendRun, turnsBlind } from "./failure-run";

/** The state of an endpoint after one poll, and the entries to write to history. */
export type PollResult = { endpointState: EndpointState; entries: Entry[] };

/** Applies a good answer. `reply` is null if its body equals the stored one. */
export function takeAnswer(input: {
  endpointState: EndpointState;
  report: EndpointReport;
  reply: KeptReply | null;
  asked: Moment;
  received: Moment;
}): PollResult {
  const { endpointState, reply, asked, received } = input;
  const correction = findCorrection(endpointState, received);
  const former =
    correction === null || endpointState.picture === null
      ? endpointState.picture
      : correctPicture(endpointState.picture, correction.latest);
  const at = former === null ? received.at : Math.max(received.at, former.span.until + 1);
  const report = { ...input.report, endpointId: endpointState.endpointId };
  const { picture, recording, gapStart } = compareReport({
    former,
    report,
    at,
    broken: correction?.cause ?? toBreak(endpointState, received) ?? toStepBack(endpointState, received),
  });
  const { endpointId } = endpointState;
  const entries: Entry[] = [
    ...(correction === null ? [] : [{ kind: "correction" as const, endpointId, ...correction }]),
    ...(gapStart === null ? [] : [{ kind: "gapStart" as const, ...gapStart }]),
    { kind: "recording", ...recording, ...(reply === null ? {} : { reply }) },
  ];
  return {
    entries,
    endpointState: {
      ...endpointState,
      picture,
      isFromHistory: false,
      observedTick: received.tick,
      jumpAhead:
        correction === null ? (endpointState.jumpAhead ?? findJumpAhead(endpointState, received, at)) : null,
      isClockBehind: former !== null && isClockBehind(former.span.until, received.at, endpointState.interval),
      failures: null,
      unread: null,
      notFoundInRow: 0,
      lastPollTook: received.tick - asked.tick,
      changeCount: endpointState.changeCount + (onlyExtends(recording) && gapStart === null ? 0 : 1),
    },
  };
}

/** The correction after a clock that was ahead is set back; null if none is due. */
function findCorrection(
  { picture, observedTick, interval, jumpAhead }: EndpointState,
  received: Moment,
): ClockCorrection | null {
  if (picture === null || observedTick === null) return null;
  return toClockCorrection({ until: picture.span.until, observedTick, interval, jumpAhead, received });
}

/** Whether a recording only extends the watch span. */
function onlyExtends({ endpoint, rollouts, span, at }: Omit<Recording, "reply">): boolean {
  return endpoint === undefined && rollouts.length === 0 && span.from < at;
}

/** The cause of the gap before this answer; null if there is none. */
function toBreak(endpointState: EndpointState, received: Moment): Cause | null {
  if (endpointState.picture === null || endpointState.observedTick === null) return null;
  // An interval that has just become shorter must not turn a planned wait into a gap.
  const interval = Math.max(endpointState.interval, endpointState.plannedWith);
  const isPause = isGap(received.tick - endpointState.observedTick, interval);
  // On some systems the monotonic clock stops while the machine sleeps.
  const isJump = !isPause && isGap(received.at - endpointState.picture.span.until, interval);
  if (!isPause && !isJump) return null;
  // The cause recorded before this start says more than what came after it.
  if (endpointState.isFromHistory && endpointState.picture.span.brokenBy !== null)
    return endpointState.picture.span.brokenBy;
  if (endpointState.failures !== null) {
    const { code, message } = endpointState.failures.cause;
    return { code, message };
  }
  if (isJump && !endpointState.isFromHistory) {
    return { code: "paused", message: "Rollcall's machine was asleep, or its clock was set ahead." };
  }
  return endpointState.isFromHistory
    ? notRunning
    : { code: "paused", message: "Rollcall's machine was asleep or too busy to ask." };
}

/** The cause of a gap that lasted until the start. */
export const notRunning: Cause = { code: "not_running", message: "Rollcall was not running." };

function toUnread({ raw }: UpstreamFailure, at: number): UnreadReply | null {
  return raw === null ? null : { at, body: raw.body, isShortened: raw.isShortened };
}

/** Applies a failed poll: the picture stays and the run of failures grows. It never makes an observation. */
export function takeFailure(input: {
  endpointState: EndpointState;
  failure: UpstreamFailure;
  listed: { ids: ReadonlySet<string>; at: number } | null;
  at: number;
  retryAt: number;
}): PollResult {
  const { endpointState, failure, listed, at, retryAt } = input;
  const isNotFound = failure.code === "not_found";
  const reported = { code: failure.code, message: failure.message };
  const cause = isNotFound ? concludeNotFound(endpointState, reported, listed) : reported;
  const failures = extendRun(endpointState.failures, cause, { at, retryAt });
  const { endpointId, picture } = endpointState;
  const entries: Entry[] = [];
  const isBrokenAlready = endpointState.isFromHistory && picture !== null && picture.span.brokenBy !== null;
  if (picture !== null && !isBrokenAlready && turnsBlind(endpointState.failures, failures)) {
    entries.push({ kind: "gapStart", endpointId, spanFrom: picture.span.from, cause });
  }
  const leaves = cause.code === "no_longer_listed" && picture?.facts.removedSince === null;
  if (leaves) entries.push({ kind: "delisting", endpointId, removedSince: failures.cause.since });
  return {
    entries,
    endpointState: {
      ...endpointState,
      picture: leaves
        ? { ...picture, facts: { ...picture.facts, removedSince: failures.cause.since } }
        : picture,
      failures,
      unread: toUnread(failure, at) ?? endpointState.unread,
      notFoundInRow: isNotFound ? endpointState.notFoundInRow + 1 : 0,
      changeCount: endpointState.changeCount + entries.length,
    },
  };
}
