import { expect, test } from "vitest";

import { holdLast, toChartWindow, toUnseenStart } from "./chart-window";
import { minute, second } from "./instant";
import type { Point } from "./point";

function point(from: number, until: number): Point {
  return { from, until, status: "in_progress", updatedReplicas: 1, totalReplicas: 2, maxUnavailable: 1 };
}

const points = [point(10 * second, 2 * minute)];

test("a running rollout is shown from its start to the present", () => {
  const input = { points, startedAt: 0, endedAt: null, present: 3 * minute };
  expect(toChartWindow(input)).toEqual({ from: 0, until: 3 * minute });
});

test("where the start is too long ago, the chart begins at the first observation", () => {
  const input = { points, startedAt: -60 * minute, endedAt: null, present: 3 * minute };
  expect(toChartWindow(input)).toEqual({ from: 10 * second, until: 3 * minute });
});

test("an ended rollout is shown until shortly after its end, never beyond the present", () => {
  const ended = { points, startedAt: 0, endedAt: 100 * second };
  expect(toChartWindow({ ...ended, present: 60 * minute })).toEqual({ from: 0, until: 106 * second });
  expect(toChartWindow({ ...ended, present: 101 * second })).toEqual({ from: 0, until: 101 * second });
});

test("a rollout that ended before the first observation has no chart", () => {
  expect(toChartWindow({ points, startedAt: 0, endedAt: 10 * second, present: 3 * minute })).toBeNull();
  expect(toChartWindow({ points: [], startedAt: 0, endedAt: null, present: 3 * minute })).toBeNull();
});

test("the last counts hold until the newest observation", () => {
  expect(holdLast(points, 3 * minute).at(-1)?.until).toBe(3 * minute);
  expect(holdLast(points, minute)).toEqual(points);
  expect(holdLast(points, null)).toEqual(points);
});

test("the time before the first observation is a gap where it is visible", () => {
  expect(toUnseenStart(points, { from: 0, until: 3 * minute })).toEqual({
    from: 0,
    until: 10 * second,
    cause: null,
  });
  expect(toUnseenStart(points, { from: 0, until: 60 * minute })).toBeNull();
});
