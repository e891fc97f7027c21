import { expect, test } from "vitest";

import { toConclusions } from "./conclusion";
import { toConditions } from "./condition";
import { minute } from "./instant";
import type { Rollout } from "./rollout";
import { observation, rollout as rolloutWith } from "./testing/rollouts";

function observe(at: number, updatedReplicas: number, errorMessage: string | null = null) {
  return observation(at, { updatedReplicas, errorMessage }, at - 1);
}

function rolloutOf(version: string, observations: Rollout["observations"]): Rollout {
  return rolloutWith(observations, { deploymentId: `d${version}`, version });
}

const habit = { pasts: [], deadline: 5 * minute };

const conclusionsOf = (rollout: Rollout, until: number, others: readonly Rollout[] = []) =>
  toConclusions(rollout, others, { until }, habit).map(({ before, condition }) => ({
    minute: before / minute,
    ...condition,
  }));

test("a stall begins at the moment it was concluded, whatever is seen later", () => {
  const observations = [observe(0, 0), observe(minute, 1), observe(2 * minute, 2)] as const;
  const stalled = {
    minute: 7,
    code: "stalled",
    since: 2 * minute,
    idleFor: 5 * minute,
    usual: { low: minute, middle: minute, high: minute, phase: "next", atOnce: 1 },
    perReplica: minute,
    isCounted: true,
    from: 7 * minute,
  };
  expect(conclusionsOf(rolloutOf("8", [...observations]), 6 * minute)).toEqual([]);
  expect(conclusionsOf(rolloutOf("8", [...observations]), 7 * minute)).toEqual([stalled]);
  expect(conclusionsOf(rolloutOf("8", [...observations]), 90 * minute)).toEqual([stalled]);
  const later = [...observations, observe(20 * minute, 2, "quota"), observe(30 * minute, 3)] as const;
  expect(conclusionsOf(rolloutOf("8", [...later]), 31 * minute)).toEqual([stalled]);
});

test("a condition that holds again appears again", () => {
  const observations = [
    observe(0, 3),
    observe(minute, 2),
    observe(2 * minute, 4),
    observe(3 * minute, 1),
  ] as const;
  expect(conclusionsOf(rolloutOf("8", [...observations]), 4 * minute)).toMatchObject([
    { minute: 1, code: "regressing", updated: 2, peak: 3 },
    { minute: 3, code: "regressing", updated: 1, peak: 4 },
  ]);
});

test("two rollouts overlap from where the second was first seen", () => {
  const older = rolloutOf("7", [observe(0, 3), observe(minute, 4)]);
  const newer = rolloutOf("8", [observe(3 * minute, 0)]);
  expect(conclusionsOf(newer, 4 * minute, [older])).toMatchObject([
    { minute: 3, code: "overlapping", rollouts: [{ version: "8" }, { version: "7" }] },
  ]);
  expect(conclusionsOf(older, 4 * minute, [newer])).toEqual([]);
});

test("a condition that a page shows now is among the conclusions", () => {
  const rollout = rolloutOf("8", [observe(0, 5), observe(minute, 4)]);
  const until = 40 * minute;
  const codes = toConditions(rollout, [], until, habit).map(({ code }) => code);
  expect(codes.toSorted()).toEqual(["regressing", "stalled"]);
  expect(toConclusions(rollout, [], { until }, habit)).toHaveLength(2);
});

test("a rollout becomes late between two observations", () => {
  const past = {
    startedAt: 0,
    endedAt: 10 * minute,
    total: 12,
    moves: [],
    waits: { first: [], next: [], last: [] },
  };
  const late = rolloutWith([observe(20 * minute, 0), observe(29 * minute, 1)], { createdAt: 20 * minute });
  const conclusions = toConclusions(
    late,
    [],
    { until: 45 * minute },
    { pasts: [past], deadline: 60 * minute },
  );
  expect(conclusions.map(({ before, condition }) => [condition.code, before])).toEqual([
    ["late", 35 * minute],
  ]);
});
