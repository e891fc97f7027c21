import "server-only";

import type { Cause } from "@/lib/domain/cause";
import { isGap } from "@/lib/domain/gap";
import type { EndpointReport } from "@/lib/domain/endpoint-report";
import type { Entry, KeptReply, Recording } from "@/lib/server/history/recording";
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
import type { EndpointMemory, Moment, UnreadReply } from "./endpoint-memory";
import { concludeNotFound, extendRun, turnsBlind } from "./failure-run";

/** What one poll does to the memory of an endpoint, and what history must be told. */
export type PollResult = { memory: EndpointMemory; entries: Entry[] };

/** A good answer, received at `received`. `isNewReply` says whether the body differs from the kept one. */
export function takeAnswer(input: {
  memory: EndpointMemory;
  report: EndpointReport;
  reply: KeptReply | null;
  asked: Moment;
  received: Moment;
}): PollResult {
  const { memory, reply, asked, received } = input;
  const correction = findCorrection(memory, received);
  const former =
    correction === null || memory.picture === null
      ? memory.picture
      : correctPicture(memory.picture, correction.latest);
  const at = former === null ? received.at : Math.max(received.at, former.span.until + 1);
  const report = { ...input.report, endpointId: memory.endpointId };
  const { picture, recording, breakage } = compareReport({
    former,
    report,
    at,
    broken: correction?.cause ?? toBreak(memory, received) ?? toStepBack(memory, received),
  });
  const { endpointId } = memory;
  const entries: Entry[] = [
    ...(correction === null ? [] : [{ kind: "correction" as const, endpointId, ...correction }]),
    ...(breakage === null ? [] : [{ kind: "breakage" as const, ...breakage }]),
    { kind: "recording", ...recording, ...(reply === null ? {} : { reply }) },
  ];
  return {
    entries,
    memory: {
      ...memory,
      picture,
      isFromHistory: false,
      observedTick: received.tick,
      jumpAhead: correction === null ? (memory.jumpAhead ?? findJumpAhead(memory, received, at)) : null,
      isClockBehind: former !== null && isClockBehind(former.span.until, received.at, memory.interval),
      failures: null,
      unread: null,
      notFoundInRow: 0,
      lastPollTook: received.tick - asked.tick,
      news: memory.news + (onlyExtends(recording) && breakage === null ? 0 : 1),
    },
  };
}

/** What a clock that was ahead and is set back had made wrong; null while there is no such thing. */
function findCorrection(
  { picture, observedTick, interval, jumpAhead }: EndpointMemory,
  received: Moment,
): ClockCorrection | null {
  if (picture === null || observedTick === null) return null;
  return toClockCorrection({ until: picture.span.until, observedTick, interval, jumpAhead, received });
}

/** A recording that only tells that watching went on. */
function onlyExtends({ endpoint, rollouts, span, at }: Omit<Recording, "reply">): boolean {
  return endpoint === undefined && rollouts.length === 0 && span.from < at;
}

/** Why watching was interrupted before this answer; null when it was not. */
function toBreak(memory: EndpointMemory, received: Moment): Cause | null {
  if (memory.picture === null || memory.observedTick === null) return null;
  // An interval that has just become shorter makes no gap of a wait that was in order before.
  const interval = Math.max(memory.interval, memory.plannedWith);
  const isPause = isGap(received.tick - memory.observedTick, interval);
  // The monotonic clock of some systems stands still while the machine sleeps.
  const isJump = !isPause && isGap(received.at - memory.picture.span.until, interval);
  if (!isPause && !isJump) return null;
  // What had broken the span before this start says more than what came after it.
  if (memory.isFromHistory && memory.picture.span.brokenBy !== null) return memory.picture.span.brokenBy;
  if (memory.failures !== null) {
    const { code, message } = memory.failures.cause;
    return { code, message };
  }
  if (isJump && !memory.isFromHistory) {
    return { code: "paused", message: "Rollcall's machine was asleep, or its clock was set ahead." };
  }
  return memory.isFromHistory
    ? notRunning
    : { code: "paused", message: "Rollcall's machine was asleep or too busy to ask." };
}

/** Why nothing was seen before the start. */
export const notRunning: Cause = { code: "not_running", message: "Rollcall was not running." };

function toUnread({ raw }: UpstreamFailure, at: number): UnreadReply | null {
  return raw === null ? null : { at, body: raw.body, isShortened: raw.isShortened };
}

/** A failed poll: the picture stays, the run of failures grows. A failed poll never makes an observation. */
export function takeFailure(input: {
  memory: EndpointMemory;
  failure: UpstreamFailure;
  listed: { ids: ReadonlySet<string>; at: number } | null;
  at: number;
  retryAt: number;
}): PollResult {
  const { memory, failure, listed, at, retryAt } = input;
  const isNotFound = failure.code === "not_found";
  const reported = { code: failure.code, message: failure.message };
  const cause = isNotFound ? concludeNotFound(memory, reported, listed) : reported;
  const failures = extendRun(memory.failures, cause, { at, retryAt });
  const { endpointId, picture } = memory;
  const entries: Entry[] = [];
  const isBrokenAlready = memory.isFromHistory && picture !== null && picture.span.brokenBy !== null;
  if (picture !== null && !isBrokenAlready && turnsBlind(memory.failures, failures)) {
    entries.push({ kind: "breakage", endpointId, spanFrom: picture.span.from, cause });
  }
  const leaves = cause.code === "no_longer_listed" && picture?.facts.goneSince === null;
  if (leaves) entries.push({ kind: "departure", endpointId, goneSince: failures.cause.since });
  return {
    entries,
    memory: {
      ...memory,
      picture: leaves
        ? { ...picture, facts: { ...picture.facts, goneSince: failures.cause.since } }
        : picture,
      failures,
      unread: toUnread(failure, at) ?? memory.unread,
      notFoundInRow: isNotFound ? memory.notFoundInRow + 1 : 0,
      news: memory.news + entries.length,
    },
  };
}
