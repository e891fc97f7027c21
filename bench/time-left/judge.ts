import type { Duration, Instant } from "@/lib/domain/instant";
import { toPastRollout, usualDeadline, type Habit } from "@/lib/domain/past-rollout";
import type { Rollout } from "@/lib/domain/rollout";
import { toWait } from "@/lib/domain/stall";
import { toTimeLeft, type Range } from "@/lib/domain/time-left";

import type { Sample } from "./corpus";

/** One moment of a rollout that ended well: the truth, what Rollcall said, and what others would have said. */
export type Guess = {
  sample: Sample;
  left: Duration;
  took: Duration;
  rollcall: Range | null;
  /** The rest at the mean speed until now; null before the first replica. */
  linear: Duration | null;
  /** Jenkins: the mean of the last three good ones less the time passed; null without any, and once it is over. */
  jenkins: Duration | null;
};

function toHabit(pasts: readonly Rollout[]): Habit {
  return { pasts: pasts.flatMap((past) => toPastRollout(past) ?? []).toReversed(), deadline: usualDeadline };
}

/** A rollout as it was known at an instant. */
function upTo({ facts, observations }: Rollout, at: Instant): Rollout {
  const [first, ...others] = observations;
  return {
    facts: { ...facts, endedAt: null },
    observations: [first, ...others.filter((each) => each.at <= at)],
  };
}

const moments = 19;

/** Guesses at equal distances over a rollout that ended well. */
export function toGuesses(sample: Sample): Guess[] {
  const { startedAt, endedAt, rollout } = sample;
  const took = endedAt - startedAt;
  const habit = toHabit(sample.pasts);
  return Array.from({ length: moments }, (_, index) => {
    const elapsed = (took * (index + 1)) / (moments + 1);
    const known = upTo(rollout, startedAt + elapsed);
    return {
      sample,
      took,
      left: took - elapsed,
      rollcall: toTimeLeft(known, habit, startedAt + elapsed),
      linear: toLinear(known, elapsed),
      jenkins: toJenkins(habit, elapsed),
    };
  });
}

function toLinear({ observations }: Rollout, elapsed: Duration): Duration | null {
  const { updatedReplicas: updated = null, totalReplicas: total = null } = observations.at(-1)?.state ?? {};
  return updated === null || total === null || updated === 0 ? null : (elapsed * (total - updated)) / updated;
}

function toJenkins({ pasts }: Habit, elapsed: Duration): Duration | null {
  const three = pasts.slice(0, 3).map(({ startedAt, endedAt }) => endedAt - startedAt);
  const mean = three.reduce((sum, took) => sum + took, 0) / three.length;
  return three.length === 0 || mean <= elapsed ? null : mean - elapsed;
}

export type Interval = { range: Range; left: Duration; took: Duration };

export function covered(intervals: readonly Interval[]): number {
  return (
    intervals.filter(({ range, left }) => left >= range.low && left <= range.high).length / intervals.length
  );
}

/** The mean width, in shares of the time that each rollout took. */
export function meanWidth(intervals: readonly Interval[]): number {
  return (
    intervals.reduce((sum, { range, took }) => sum + (range.high - range.low) / took, 0) / intervals.length
  );
}

/** Mean width of a rival's intervals that cover as much: the narrowest of several ways to draw them around its figure. */
export function rivalWidth(guesses: readonly (Guess & { middle: Duration })[], share: number): number {
  const ways = [
    (middle: number, size: number) => ({ low: middle / (1 + size), high: middle * (1 + size) }),
    (middle: number, size: number) => ({ low: Math.max(0, middle * (1 - size)), high: middle * (1 + size) }),
    (middle: number, size: number, took: number) => ({
      low: Math.max(0, middle - size * took),
      high: middle + size * took,
    }),
  ];
  return Math.min(
    ...ways.map((way) => {
      const at = (size: number) =>
        guesses.map(({ middle, left, took, sample }) => ({
          left,
          took,
          range: way(middle, size, expected(sample) ?? took),
        }));
      return meanWidth(at(smallestSize((size) => covered(at(size)) >= share)));
    }),
  );
}

/** What a rollout is expected to take: the mean of its past ones. */
function expected({ pasts }: Sample): Duration | null {
  const took = toHabit(pasts).pasts.map(({ startedAt, endedAt }) => endedAt - startedAt);
  return took.length === 0 ? null : took.reduce((sum, each) => sum + each, 0) / took.length;
}

function smallestSize(isEnough: (size: number) => boolean): number {
  let [low, high] = [0, 1_000];
  for (let turn = 0; turn < 30; turn += 1) {
    const middle = turn < 10 ? Math.sqrt(Math.max(low, 1e-4) * high) : (low + high) / 2;
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** When a rollout was first concluded to be stalled, and its last move before; null if it never was. */
export function firstStall(sample: Sample, until: Instant): { at: Instant; idle: Duration } | null {
  const { rollout, pasts } = sample;
  const habit = toHabit(pasts);
  for (const [index, observation] of rollout.observations.entries()) {
    const next = rollout.observations[index + 1]?.at ?? until;
    const known = upTo(rollout, observation.at);
    if (known.observations.at(-1)?.state.status !== "in_progress") continue;
    const wait = toWait(known.observations, habit);
    if (wait !== null && wait.since + wait.stalledAfter < next)
      return { at: wait.since + wait.stalledAfter, idle: wait.stalledAfter };
  }
  return null;
}
