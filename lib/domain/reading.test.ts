import { expect, test } from "vitest";

import { countsAt, nextChange } from "./reading";

const chart = {
  extent: 100,
  bands: [{ from: 60, until: 80, gap: { from: 60, until: 80, cause: null } }],
  vertices: [
    { elapsed: 10, updated: 3, total: 12, guaranteed: 10 },
    { elapsed: 40, updated: null, total: 12, guaranteed: null },
    { elapsed: 80, updated: 5, total: null, guaranteed: null },
  ],
};

test.each([
  [0, ["Not reported"]],
  [10, ["3 updated", "12 total", "10 guaranteed"]],
  [39, ["3 updated", "12 total", "10 guaranteed"]],
  [40, ["12 total"]],
  [70, ["Not watched"]],
  [80, ["5 updated"]],
])("at %i", (at, words) => {
  expect(countsAt(chart, at)).toEqual(words);
});

test.each([
  [null, "ArrowLeft", 80],
  [80, "ArrowLeft", 40],
  [0, "ArrowLeft", 0],
  [15, "ArrowRight", 40],
  [100, "ArrowRight", 100],
  [50, "Home", 0],
  [50, "End", 100],
  [50, "Tab", null],
])("from %s by %s to %s", (at, key, next) => {
  expect(nextChange(chart, at, key)).toBe(next);
});
