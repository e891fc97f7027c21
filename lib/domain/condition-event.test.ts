import { expect, test } from "vitest";

import { toConditions } from "./condition";
import { toConditionEvents } from "./condition-event";
import { minute } from "./instant";
import type { Rollout } from "./rollout";
import { observation, rollout as rolloutWith } from "./testing/rollouts";

function observe(at: number, updatedReplicas: number, errorMessage: string | null = null) {
  return observation(at, { updatedReplicas, errorMessage }, at - 1);
}

function rolloutOf(version: string, observations: Rollout["observations"]): Rollout {
  return rolloutWith(observations, { deploymentId: `d${version}`, version });
}

const told = (rollout: Rollout, until: number, others: readonly Rollout[] = []) =>
  toConditionEvents(rollout, others, { until }).map(({ before, message }) => [before / minute, message]);

test("a stall is told from the moment it was concluded, whatever is seen after it", () => {
  const observations = [observe(0, 0), observe(minute, 1), observe(2 * minute, 2)] as const;
  const stalled = [7, "Rollcall concludes: No replica has moved for 5 min. Usually one moves every 1 min."];
  expect(told(rolloutOf("8", [...observations]), 6 * minute)).toEqual([]);
  expect(told(rolloutOf("8", [...observations]), 7 * minute)).toEqual([stalled]);
  expect(told(rolloutOf("8", [...observations]), 90 * minute)).toEqual([stalled]);
  const later = [...observations, observe(20 * minute, 2, "quota"), observe(30 * minute, 3)] as const;
  expect(told(rolloutOf("8", [...later]), 31 * minute)).toEqual([stalled]);
});

test("what holds again is told again", () => {
  const observations = [
    observe(0, 3),
    observe(minute, 2),
    observe(2 * minute, 4),
    observe(3 * minute, 1),
  ] as const;
  expect(told(rolloutOf("8", [...observations]), 4 * minute)).toEqual([
    [1, expect.stringContaining("going backwards: 2 updated now, 3 before")],
    [3, expect.stringContaining("going backwards: 1 updated now, 4 before")],
  ]);
});

test("two rollouts at once are told where the second was first seen", () => {
  const older = rolloutOf("7", [observe(0, 3), observe(minute, 4)]);
  const newer = rolloutOf("8", [observe(3 * minute, 0)]);
  expect(told(newer, 4 * minute, [older])).toEqual([[3, expect.stringContaining("at the same time: v7")]]);
  expect(told(older, 4 * minute, [newer])).toEqual([]);
});

test("what a page concludes now is in the log", () => {
  const rollout = rolloutOf("8", [observe(0, 5), observe(minute, 4)]);
  const until = 40 * minute;
  const codes = toConditions(rollout, [], until).map(({ code }) => code);
  expect(codes.toSorted()).toEqual(["regressing", "stalled"]);
  const events = toConditionEvents(rollout, [], { until });
  expect(events).toHaveLength(2);
  expect(new Set(events.map(({ id }) => id)).size).toBe(2);
});
