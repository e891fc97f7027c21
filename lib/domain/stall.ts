import { greatest, median, quantile } from "./extremes";
import { minute, type Duration, type Instant } from "./instant";
import type { Observation } from "./observation";
import { toMoves, toWaits, type Habit, type Move, type Phase } from "./past-rollout";
import { lastMovedAt } from "./rollout-speed";

/** A wait for the next move: since when it lasts, what is usual here, and from when on it counts as a stall. */
export type Wait = {
  since: Instant;
  /** From the shortest usual wait to the longest, the one in the middle, and how many replicas move at once. */
  usual: (Record<"low" | "middle" | "high", Duration> & { phase: Phase; atOnce: number }) | null;
  stalledAfter: Duration;
};

/** Shorter than this, no wait is a stall. */
const floor: Duration = 2 * minute;
/** A stall is longer than the longest wait known, by a factor that falls with the number of waits known. */
const factor = 2.2;
const factorOfOne = 5;
/** Waits that are needed for a conclusion before the deadline. */
const fewestWaits = 3;

/**
 * The present wait of a rollout that moves, given the endpoint's habit. A deadline bounds every wait. Null where its
 * counts are not reported, or it does not move.
 */
export function toWait(observations: readonly Observation[], habit: Habit): Wait | null {
  const latest = observations.at(-1)?.state;
  const since = lastMovedAt(observations);
  if (latest === undefined || since === null || latest.updatedReplicas === null) return null;
  const waits = toKnownWaits(observations, habit);
  const { deadline } = habit;
  return {
    since,
    usual: toUsual(waits, toPhase(observations), toAtOnce(observations, habit)),
    stalledAfter: Math.min(deadline, Math.max(Math.min(floor, deadline), toLongest(waits) ?? deadline)),
  };
}

/** The waits that the present one is compared with: of the same phase, in past rollouts and in this one. */
function toKnownWaits(observations: readonly Observation[], { pasts }: Habit): readonly Duration[] {
  const own = toWaits(observations, toMoves(observations), null);
  const status = observations.at(-1)?.state.status;
  // Past rollouts that succeeded say nothing about one that rolls back.
  if (status !== "in_progress") return own.next;
  const phase = toPhase(observations);
  if (phase !== "next") return pasts.flatMap(({ waits }) => waits[phase]);
  const largest = toLargest(toMoves(observations));
  // Where more replicas move at once than in a past rollout, each wait is as many times longer.
  const past = pasts.flatMap(({ waits, moves }) =>
    waits.next.map((wait) => wait * Math.max(1, largest / toLargest(moves))),
  );
  return [...own.next, ...past];
}

function toLargest(moves: readonly Move[]): number {
  return Math.max(1, greatest(moves.map(({ replicas }) => replicas)) ?? 1);
}

/** How many replicas usually move at once, in this rollout, or else in past ones. */
function toAtOnce(observations: readonly Observation[], { pasts }: Habit): number {
  const own = toMoves(observations);
  const moves = own.length > 0 ? own : pasts.flatMap((past) => past.moves);
  return Math.round(median(moves.map(({ replicas }) => replicas)) ?? 1);
}

/** More than this many at once count no more than they do. */
const mostAtOnce = 20;

/**
 * The median time that one replica takes between two moves, in this rollout and in past ones: three that move at once
 * are three thirds of a wait. Null without evidence.
 */
export function timePerReplica(observations: readonly Observation[], { pasts }: Habit): Duration | null {
  const rollouts = [toMoves(observations), ...pasts.map(({ moves }) => moves)];
  const times = rollouts.flatMap((moves) =>
    moves.slice(1).flatMap(({ at, replicas }, index) => {
      const wait = at - (moves[index]?.at ?? at);
      return Array.from({ length: Math.min(Math.ceil(replicas), mostAtOnce) }, () => wait / replicas);
    }),
  );
  return median(times);
}

function toPhase(observations: readonly Observation[]): Phase {
  const latest = observations.at(-1)?.state;
  if (latest?.status !== "in_progress") return "next";
  if (latest.updatedReplicas === latest.totalReplicas) return "last";
  return toMoves(observations).length === 0 ? "first" : "next";
}

function toUsual(waits: readonly Duration[], phase: Phase, atOnce: number): Wait["usual"] {
  const [low, middle, high] = [quantile(waits, 0.1), median(waits), quantile(waits, 0.9)];
  return low === null || middle === null || high === null ? null : { low, middle, high, phase, atOnce };
}

/** How long a wait is still plausible; null if too few waits are known. */
function toLongest(waits: readonly Duration[]): Duration | null {
  const longest = greatest(waits);
  if (longest === null || waits.length < fewestWaits) return null;
  return longest * (factor + factorOfOne / (waits.length / fewestWaits));
}

/** Deadlines after which a rollout without counts is stalled, and the longest usual durations that it may take. */
const uncountedDeadlines = 3;
const uncountedDurations = 2;

/**
 * How long a rollout whose counts are not reported may stay in one status before it counts as stalled: movement cannot
 * be seen, so that only its status and its age tell.
 */
export function uncountedStalledAfter({ pasts, deadline }: Habit): Duration {
  const longest = greatest(pasts.map(({ startedAt, endedAt }) => endedAt - startedAt)) ?? 0;
  return Math.max(uncountedDeadlines * deadline, uncountedDurations * longest);
}
