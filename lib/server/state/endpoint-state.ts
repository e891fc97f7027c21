import "server-only";

import type { Duration, Instant } from "@/lib/domain/instant";
import type { FailureRun } from "@/lib/domain/freshness";
import type { WatchSpan } from "@/lib/domain/observation";
import type { Rollout } from "@/lib/domain/rollout";
import type { Moment } from "@/lib/server/clock";
import type { EndpointFacts } from "@/lib/server/db/recording";

/** What the last good polls reported about one endpoint. */
export type EndpointPicture = {
  facts: EndpointFacts;
  /** An ended rollout keeps only its newest observation. */
  rollouts: readonly Rollout[];
  /** The present watch span, which ends at the last good observation. */
  span: WatchSpan;
};

/**
 * A jump ahead of the clock that this process saw. What it recorded since `from` may lie in the future; `before` is the
 * last good answer before the jump.
 */
export type JumpAhead = { from: Instant; before: Moment };

/** A reply that could not be parsed, with as much of its body as is kept. */
export type UnreadReply = { at: Instant; body: string; isShortened: boolean };

/** Why a hint is not trusted. */
export const hintFailures = ["unmoved", "older_than_deployment", "false_alarms"] as const;

/**
 * The hint that the listing gives: the endpoint's `updated`, which moves when the endpoint changes, and how far that has
 * proven true since the start.
 */
export type UpdateHint = {
  /** In the newest listing; null: it does not list the endpoint, or reports no `updated`. */
  listed: Instant | null;
  /** `listed` when the last good answer was requested; undefined before the first. */
  answered: Instant | null | undefined;
  /** If `listed` moved since: when the last listing was requested that had not moved, in monotonic milliseconds. */
  heldUntil: Duration | null;
  /** A change that a poll found while `listed` had not moved: what was listed, and when the answer came. */
  change: { listed: Instant | null; tick: Duration } | null;
  isProven: boolean;
  /** Moves in a row after which the poll found no change. */
  falseAlarms: number;
  /** When it first proved false; null: never. */
  failure: { at: Instant; reason: (typeof hintFailures)[number] } | null;
};

/** Everything the poller knows about one endpoint right now. */
export type EndpointState = {
  endpointId: string;
  /** Null until the first good observation. */
  picture: EndpointPicture | null;
  /** Whether `picture` comes from history and no poll has confirmed it since the start. */
  isFromHistory: boolean;
  /** When the answer behind `picture` came, in monotonic milliseconds. */
  observedTick: Duration | null;
  /** The jump ahead that the clock has not taken back yet; null if there is none. */
  jumpAhead: JumpAhead | null;
  /** Whether the clock was behind the last observation, so that instants advance by one millisecond. */
  isClockBehind: boolean;
  /** The polling interval in force. */
  interval: Duration;
  /** The interval that was in force when the last poll was planned; 0 before the first. */
  plannedWith: Duration;
  hint: UpdateHint;
  /** Whether the listing stands for its polls: it is polled rarely, because the listing would show a change. */
  isCovered: boolean;
  failures: FailureRun | null;
  /** The newest reply, if it could not be parsed. */
  unread: UnreadReply | null;
  /** Answers of 404 in a row. */
  notFoundInRow: number;
  nextPoll: Moment | null;
  /** How long the last poll took, from the request to the record. */
  lastPollTook: Duration;
  /** Grows by one whenever history received more than an extended watch span. */
  changeCount: number;
  /** The revision in which this instance last learned of such a change; no two changes of an endpoint share one. */
  changeRevision: number;
  /** Grows by one with every poll, good or not. Answers encoded from an older revision are out of date. */
  revision: number;
};

/** An endpoint that has not been polled yet. */
export function newEndpointState(endpointId: string, interval: Duration): EndpointState {
  return {
    endpointId,
    picture: null,
    isFromHistory: false,
    observedTick: null,
    jumpAhead: null,
    isClockBehind: false,
    interval,
    plannedWith: 0,
    hint: {
      listed: null,
      answered: undefined,
      heldUntil: null,
      change: null,
      isProven: false,
      falseAlarms: 0,
      failure: null,
    },
    isCovered: false,
    failures: null,
    unread: null,
    notFoundInRow: 0,
    nextPoll: null,
    lastPollTook: 0,
    changeCount: 0,
    changeRevision: 0,
    revision: 0,
  };
}
