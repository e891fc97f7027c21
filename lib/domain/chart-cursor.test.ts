import { expect, test } from "vitest";

import { nextChange } from "./chart-cursor";

const chart = {
  present: null,
  extent: 100,
  bands: [
    { from: 0, until: 10, gap: { from: 0, until: 10, cause: null } },
    { from: 60, until: 80, gap: { from: 60, until: 80, cause: null } },
  ],
  vertices: [
    { elapsed: 10, updated: 3, total: 12, guaranteed: 10 },
    { elapsed: 40, updated: null, total: 12, guaranteed: null },
    { elapsed: 60, updated: null, total: 12, guaranteed: null },
    { elapsed: 60, updated: null, total: null, guaranteed: null },
    { elapsed: 80, updated: 5, total: null, guaranteed: null },
    { elapsed: 90, updated: null, total: null, guaranteed: null },
  ],
};

test("the keys end at the present, where the chart goes on after it", () => {
  const running = { ...chart, extent: 200, present: 120 };
  expect(nextChange(running, 90, "ArrowRight")).toBe(120);
  expect(nextChange(running, null, "ArrowLeft")).toBe(90);
  expect(nextChange(running, 0, "End")).toBe(120);
});

test.each([
  [null, "ArrowLeft", 90],
  [80, "ArrowLeft", 60],
  [0, "ArrowLeft", 0],
  [15, "ArrowRight", 40],
  [100, "ArrowRight", 100],
  [50, "Home", 0],
  [50, "End", 100],
  [50, "Tab", null],
])("from %s by %s to %s", (at, key, next) => {
  expect(nextChange(chart, at, key)).toBe(next);
});
