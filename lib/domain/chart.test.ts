import { expect, test } from "vitest";

import { toChart } from "./chart";
import { minute } from "./instant";
import type { Point } from "./point";

const point: Point = {
  from: minute,
  until: 2 * minute,
  status: "in_progress",
  updatedReplicas: 3,
  totalReplicas: 12,
  maxUnavailable: 2,
};

const open = {
  points: [point],
  gaps: [],
  transitions: [],
  startedAt: 0,
  endedAt: null,
  isSettled: false,
  seenUntil: 5 * minute,
  present: 5 * minute,
};

test("the curves of a running rollout reach the present, and no tick overlaps it", () => {
  const chart = toChart(open);
  expect(chart?.vertices.at(-1)?.elapsed).toBe(5 * minute);
  expect(chart?.present).toBe(5 * minute);
  expect(chart?.elapsedTicks).toEqual([0, 2 * minute, 4 * minute]);
  expect(chart?.bands.map(({ from, until }) => [from, until])).toEqual([[0, minute]]);
});

test("in its first second a live rollout is drawn to the right edge, the present", () => {
  const young = { ...open, present: minute + 400, seenUntil: minute + 400, startedAt: -60 * minute };
  const chart = toChart({ ...young, points: [{ ...point, until: minute + 100 }] });
  expect(chart).toMatchObject({ present: 1_000, extent: 1_000 });
  expect(chart?.vertices.at(-1)?.elapsed).toBe(1_000);
});

test("time that was not watched is not drawn", () => {
  const gap = { from: 2 * minute, until: null, cause: null };
  const chart = toChart({ ...open, seenUntil: 2 * minute, gaps: [gap] });
  expect(chart?.vertices.at(-1)?.elapsed).toBe(2 * minute);
  expect(chart?.bands.at(-1)).toMatchObject({ from: 2 * minute, until: 5 * minute });
});

test("an ended rollout is drawn to the edge, a delisted one is not", () => {
  const ended = { ...open, endedAt: 2 * minute, seenUntil: null };
  const settled = toChart({ ...ended, isSettled: true });
  expect(settled?.vertices.at(-1)?.elapsed).toBe(settled?.extent);
  expect(settled?.present).toBeNull();
  expect(toChart(ended)?.vertices.at(-1)?.elapsed).toBe(2 * minute);
});

test("without a count there is no chart", () => {
  expect(toChart({ ...open, points: [{ ...point, updatedReplicas: null, totalReplicas: null }] })).toBeNull();
});

test("a start too long ago is marked as cut", () => {
  expect(toChart({ ...open, startedAt: -60 * minute })?.isCutAtStart).toBe(true);
  expect(toChart(open)?.isCutAtStart).toBe(false);
});

test("changes are marked on the axis, unless the marks would merge into one bar", () => {
  const changes = (count: number) => Array.from({ length: count }, (_, nth) => ({ before: minute + nth }));
  expect(toChart({ ...open, transitions: changes(300) })?.marks).toHaveLength(300);
  expect(toChart({ ...open, transitions: changes(301) })?.marks).toEqual([]);
});

test("a range between two steps is filled from edge to edge", () => {
  const steps = Array.from({ length: 10 }, (_, nth): Point => ({
    ...point,
    from: nth * minute,
    until: (nth + 1) * minute,
    updatedReplicas: nth,
  }));
  const range = { from: 2.2 * minute, until: 2.8 * minute };
  const within = toChart({ ...open, points: steps, present: 10 * minute, seenUntil: 10 * minute, range });
  expect(within?.vertices.map(({ elapsed, updated }) => [elapsed, updated])).toEqual([
    [0, 2],
    [0.6 * minute, 2],
  ]);
  const across = { from: 2.5 * minute, until: 4.5 * minute };
  const chart = toChart({
    ...open,
    points: steps,
    present: 10 * minute,
    seenUntil: 10 * minute,
    range: across,
  });
  expect(chart?.vertices.map(({ elapsed, updated }) => [elapsed, updated])).toEqual([
    [0, 2],
    [0.5 * minute, 3],
    [1.5 * minute, 4],
    [2 * minute, 4],
  ]);
});

test("a chart begins with the other rollout that is drawn beside, unless that started too long ago", () => {
  const beside = (since: number) => toChart({ ...open, startedAt: minute, since });
  const chart = beside(-2 * minute);
  expect(chart).toMatchObject({ startedAt: -2 * minute, extent: 7 * minute, bands: [] });
  expect(chart?.vertices[0]?.elapsed).toBe(3 * minute);
  expect(beside(-60 * minute)?.startedAt).toBe(minute);
});
