import "server-only";

import type { Duration, Instant } from "@/lib/domain/instant";
import type { FailureRun } from "@/lib/domain/freshness";
import type { WatchSpan } from "@/lib/domain/observation";
import type { Rollout } from "@/lib/domain/rollout";
import type { Moment } from "@/lib/server/clock";
import type { EndpointFacts } from "@/lib/server/db/recording";

/** What the last good polls said about one endpoint. */
export type EndpointPicture = {
  facts: EndpointFacts;
  /** An ended rollout keeps only its newest observation. */
  rollouts: readonly Rollout[];
  /** The span being watched: it ends at the last good observation. */
  span: WatchSpan;
};

/**
 * A jump of the clock ahead that this process saw. What it recorded from `from` on may carry instants of the future;
 * `before` is the last good answer before the jump.
 */
export type JumpAhead = { from: Instant; before: Moment };

/** A reply that came at `at` and could not be read: as much of it as is kept. */
export type UnreadReply = { at: Instant; body: string; isShortened: boolean };

/** Everything the watcher knows about one endpoint right now. */
export type EndpointState = {
  endpointId: string;
  /** Null until the first good observation. */
  picture: EndpointPicture | null;
  /** Whether `picture` was read back from history and has not been confirmed since the start. */
  isFromHistory: boolean;
  /** When the answer behind `picture` came, on the clock that never jumps. */
  observedTick: Duration | null;
  /** Null while this process saw no jump ahead that the clock has not taken back. */
  jumpAhead: JumpAhead | null;
  /** Whether the clock was behind the last observation at the last answer, so that instants follow by a millisecond. */
  isClockBehind: boolean;
  /** The polling interval in force. */
  interval: Duration;
  /** The interval that was in force when the last poll was planned; 0 before the first. */
  plannedWith: Duration;
  failures: FailureRun | null;
  /** The newest reply, while it is one that could not be read. */
  unread: UnreadReply | null;
  /** Answers in a row that said 404. */
  notFoundInRow: number;
  nextPoll: Moment | null;
  /** How long the last poll took from asking to recording. */
  lastPollTook: Duration;
  /** Grows by one whenever history was told more than that watching went on. */
  changeCount: number;
  /** Grows by one with every poll, good or not: what was encoded from an older one is out of date. */
  revision: number;
};

/** An endpoint that has not been asked about yet. */
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
    failures: null,
    unread: null,
    notFoundInRow: 0,
    nextPoll: null,
    lastPollTook: 0,
    changeCount: 0,
    revision: 0,
  };
}
