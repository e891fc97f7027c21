import { expect, test } from "vitest";

import type { Point } from "./point";
import { toSeries } from "./series";

function point(from: number, until: number, updated: number | null): Point {
  return {
    from,
    until,
    status: "in_progress",
    updatedReplicas: updated,
    totalReplicas: 12,
    maxUnavailable: 2,
  };
}

const window = { from: 100, until: 200 };

test("a change between two observations is one step, and an end is a vertex", () => {
  const series = toSeries({
    points: [point(100, 140, 3), point(145, 200, 4)],
    gaps: [],
    transitions: [{ before: 145 }],
    window,
  });
  expect(series.vertices).toEqual([
    { elapsed: 0, updated: 3, total: 12, guaranteed: 10 },
    { elapsed: 45, updated: 4, total: 12, guaranteed: 10 },
    { elapsed: 100, updated: 4, total: 12, guaranteed: 10 },
  ]);
  expect(series.marks).toEqual([45]);
  expect(series).toMatchObject({ startedAt: 100, extent: 100, ceiling: 12 });
});

test("a gap breaks the curves and is a band", () => {
  const gap = { from: 130, until: 160, cause: null };
  const series = toSeries({
    points: [point(100, 130, 3), point(160, 200, 4)],
    gaps: [gap],
    transitions: [],
    window,
  });
  expect(series.vertices.map(({ elapsed, updated }) => [elapsed, updated])).toEqual([
    [0, 3],
    [30, 3],
    [30, null],
    [60, 4],
    [100, 4],
  ]);
  expect(series.bands).toEqual([{ from: 30, until: 60, gap }]);
});

test("an open gap extends to the right edge; one outside the window is left out", () => {
  const open = { from: 150, until: null, cause: null };
  const before = { from: 10, until: 90, cause: null };
  const { bands } = toSeries({ points: [point(100, 150, 3)], gaps: [before, open], transitions: [], window });
  expect(bands).toEqual([{ from: 50, until: 100, gap: open }]);
});

test("7 of 5 raises the ceiling to 7; nothing reported leaves it at 1", () => {
  const over = { ...point(100, 200, 7), totalReplicas: 5 };
  const none = { ...point(100, 200, null), totalReplicas: null };
  expect(toSeries({ points: [over], gaps: [], transitions: [], window }).ceiling).toBe(7);
  expect(toSeries({ points: [none], gaps: [], transitions: [], window }).ceiling).toBe(1);
});

test("a series of any length has a ceiling", () => {
  const points = Array.from({ length: 200_000 }, (_, index) => point(100, 200, index % 13));
  expect(toSeries({ points, gaps: [], transitions: [], window }).ceiling).toBe(12);
});
