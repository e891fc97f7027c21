import { greatest, median, quantile } from "./extremes";
import { minute, type Duration, type Instant } from "./instant";
import type { Observation } from "./observation";
import { toMoves, toWaits, type Habit, type Phase } from "./past-rollout";
import { lastMovedAt } from "./rollout-speed";

/** A wait for the next move: since when it lasts, what is usual here, and from when on it counts as a stall. */
export type Wait = {
  since: Instant;
  /** From the shortest usual wait to the longest, and the one in the middle; null without evidence. */
  usual: (Record<"low" | "middle" | "high", Duration> & { phase: Phase }) | null;
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
    usual: toUsual(waits, toPhase(observations)),
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
  const past = pasts.flatMap(({ waits }) => waits[phase]);
  return phase === "next" ? [...own.next, ...past] : past;
}

function toPhase(observations: readonly Observation[]): Phase {
  const latest = observations.at(-1)?.state;
  if (latest?.status !== "in_progress") return "next";
  if (latest.updatedReplicas === latest.totalReplicas) return "last";
  return toMoves(observations).length === 0 ? "first" : "next";
}

function toUsual(waits: readonly Duration[], phase: Phase): Wait["usual"] {
  const middle = median(waits);
  return middle === null
    ? null
    : { low: quantile(waits, 0.1) ?? middle, middle, high: quantile(waits, 0.9) ?? middle, phase };
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
