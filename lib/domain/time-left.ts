import { greatest, smallest } from "./extremes";
import { second, type Duration, type Instant } from "./instant";
import type { Observation } from "./observation";
import {
  beganAt,
  isStartKnown,
  startOf,
  toMoves,
  toWaits,
  type Habit,
  type PastRollout,
} from "./past-rollout";
import type { Rollout } from "./rollout";
import { toWait } from "./stall";

/** A time between two limits, in milliseconds. */
export type Range = { low: Duration; high: Duration };

/** How far this rollout has come, and since when. */
type OwnProgress = { updated: number; total: number; within: Duration };

/** What past rollouts took, and how many there are. `isScaled`: some had fewer replicas, so that their times are longer here. */
export type UsualRange = Range & { count: number; isScaled: boolean };

/** How long a rollout will still take, in four of five cases, and from what that follows. Its end is never certain. */
export type TimeLeft = Range & { own: OwnProgress | null; usual: UsualRange | null };

/** How many past rollouts are compared with; older ones say less. */
const mostPasts = 6;

// Chosen on simulated rollouts with another seed than those on which `npm run bench -- time-left` judges them.
/** Standard deviations on each side of the middle. */
const coverage = 1.35;
const priorWeight = 6;
const spreadOfSpeed = 0.16;
/** The number of waits that the usual spread of a replica counts as much as. */
const priorWaits = 6;
const spreadOfReplica = 0.5;
/** Moves after which this rollout's own speed counts as much as that of the past ones. */
const evenMoves = 3;
const greatestRatio = 3;
const spreadOfOwn = 0.35;

/**
 * How long a rollout in progress will still take at `now`, the last good observation of its endpoint. Null without
 * evidence, once it is late, and in every other status.
 */
export function toTimeLeft(rollout: Rollout, habit: Habit, now: Instant): TimeLeft | null {
  const latest = rollout.observations.at(-1)?.state;
  if (latest?.status !== "in_progress" || rollout.facts.removed !== null) return null;
  const { pasts } = habit;
  const recent = pasts.slice(0, mostPasts);
  const { updatedReplicas: updated, totalReplicas: total } = latest;
  const progress = toProgress(rollout, updated, total);
  const usual = toUsualRange(pasts, total);
  if (usual !== null && now >= lateFrom(startOf(rollout.facts), usual)) return null;
  const own =
    progress === null || progress.moves === 0 || !isStartKnown(rollout)
      ? null
      : toOwn(progress, startOf(rollout.facts));
  const elapsed = progress === null ? 0 : Math.max(0, progress.movedAt - startOf(rollout.facts));
  const logs = recent.flatMap((past) => toLogLeft(past, progress, elapsed));
  const noise = toNoise(rollout.observations, recent);
  const estimate = logs.length > 0 ? fromPast(logs, progress, noise) : fromOwn(progress, noise);
  if (estimate === null) return null;
  const wait = toWait(rollout.observations, habit)?.usual?.middle ?? 0;
  const since = progress?.movedAt ?? startOf(rollout.facts);
  // Between two moves the time runs, until the next one is overdue.
  const run = progress === null ? now - since : Math.min(Math.max(0, now - since), wait);
  const [low, high] = [Math.max(0, estimate.low - run), estimate.high - run];
  return high > 0 ? { low, high: Math.max(second, high), own, usual } : null;
}

/** How far a rollout has come: replicas, moves, and when the last one happened. */
type Progress = {
  updated: number;
  total: number;
  share: number;
  moves: number;
  movedAt: Instant;
  /** Replicas that were updated under the eyes of Rollcall, and in which time. */
  seen: { replicas: number; within: Duration };
  isWhole: boolean;
};

function toProgress(
  { observations, facts }: Rollout,
  updated: number | null,
  total: number | null,
): Progress | null {
  const began = beganAt(observations);
  if (updated === null || total === null || total <= 0 || updated < 0 || began === null) return null;
  const moves = toMoves(observations);
  const movedAt = moves.at(-1)?.at ?? began;
  const first = observations.find(({ state }) => state.updatedReplicas !== null);
  const before = first?.state.updatedReplicas ?? 0;
  return {
    updated,
    total,
    share: Math.min(1, updated / total),
    moves: moves.length,
    movedAt,
    seen: { replicas: updated - before, within: movedAt - began },
    isWhole: before === 0 || facts.createdAt !== null,
  };
}

function toOwn({ updated, total, movedAt }: Progress, startedAt: Instant): OwnProgress {
  return { updated, total, within: Math.max(0, movedAt - startedAt) };
}

/** The logarithm of the time left if the rest goes as in a past rollout, corrected by how this one went until now. */
function toLogLeft(past: PastRollout, progress: Progress | null, elapsed: Duration): number[] {
  const took = past.endedAt - past.startedAt;
  if (progress === null) return [Math.log(Math.max(second, took))];
  const scale = toScale(past, progress.total);
  if (progress.updated === 0) return [Math.log(Math.max(second, took - toFirst(past)) * scale)];
  const passed =
    past.total === null
      ? undefined
      : past.moves.find(({ updated }) => updated / (past.total ?? 1) >= progress.share);
  if (passed === undefined) return [];
  const then = Math.max(second, passed.at - past.startedAt);
  const left = Math.max(second, past.endedAt - passed.at) * (progress.share < 1 ? scale : 1);
  const ratio = progress.isWhole ? Math.max(second, elapsed) / (then * scale) : 1;
  const bounded = Math.min(greatestRatio, Math.max(1 / greatestRatio, ratio));
  return [Math.log(left) + toOwnWeight(progress) * Math.log(bounded)];
}

/** How many times as many replicas there are as in a past rollout; 1 where either is not reported. */
function toScale(past: PastRollout, total: number | null): number {
  return past.total === null || past.total <= 0 || total === null || total <= 0 ? 1 : total / past.total;
}

/** How long a past rollout was queued before it moved. */
function toFirst({ startedAt, moves, waits }: PastRollout): Duration {
  const firstMove = moves[0]?.at;
  return firstMove === undefined ? 0 : Math.max(0, firstMove - (waits.first[0] ?? 0) - startedAt);
}

/** Replicas that are still to be updated. More can be reported as updated than there are. */
function toRest({ updated, total }: Progress): number {
  return Math.max(0, total - updated);
}

function toOwnWeight({ moves }: Progress): number {
  return moves / (moves + evenMoves);
}

/** The middle and the spread of what past rollouts say. A few of them say less about the spread than what is usual. */
function fromPast(logs: readonly number[], progress: Progress | null, noise: number): Range {
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const squares = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0);
  const rest = progress === null ? Infinity : toRest(progress) + 1;
  const prior = spreadOfSpeed ** 2 + noise / rest;
  const variance = (priorWeight * prior + squares) / (priorWeight + logs.length - 1);
  return around(mean, Math.sqrt(variance * (1 + 1 / logs.length)));
}

/** The rest at this rollout's own speed; null before two moves, and once every replica is updated. */
function fromOwn(progress: Progress | null, noise: number): Range | null {
  if (progress === null || progress.moves < 2) return null;
  const { replicas, within } = progress.seen;
  const rest = toRest(progress);
  if (replicas <= 0 || rest <= 0 || within <= 0) return null;
  const spread = Math.sqrt(noise * (1 / progress.moves + 1 / rest) + spreadOfOwn ** 2);
  return around(Math.log((rest * within) / replicas), spread);
}

/** How unevenly replicas move here: the squared spread of the waits for one, in shares of their mean. */
function toNoise(observations: readonly Observation[], pasts: readonly PastRollout[]): number {
  const own = toWaits(observations, toMoves(observations), null).next;
  const waits = [...own, ...pasts.flatMap((past) => past.waits.next)];
  const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
  const squares = waits.reduce((sum, wait) => sum + (wait / mean - 1) ** 2, 0);
  return (priorWaits * spreadOfReplica ** 2 + squares) / (priorWaits + waits.length);
}

function around(log: number, spread: number): Range {
  return { low: Math.exp(log - coverage * spread), high: Math.exp(log + coverage * spread) };
}

/** How many past rollouts the usual duration is taken from. */
const usualOf = 4;

/** What the newest past rollouts took, for `total` replicas; null without any. */
export function toUsualRange(pasts: readonly PastRollout[], total: number | null): UsualRange | null {
  const recent = pasts.slice(0, usualOf);
  const scales = recent.map((past) => Math.max(1, toScale(past, total)));
  const took = recent.map(({ startedAt, endedAt }, index) => (endedAt - startedAt) * (scales[index] ?? 1));
  const [low, high] = [smallest(took), greatest(took)];
  return low === null || high === null
    ? null
    : { low, high, count: took.length, isScaled: scales.some((scale) => scale > 1) };
}

/** When a rollout that began at `startedAt` is late: clearly past the usual time, more clearly where few are known. */
export function lateFrom(startedAt: Instant, { high, count }: UsualRange): Instant {
  return startedAt + high * (1 + 0.5 / count);
}
