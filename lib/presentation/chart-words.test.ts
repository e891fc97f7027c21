import { expect, test } from "vitest";

import { chartCounts, chartSentence } from "./chart-words";

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

test.each([
  [0, ["Not watched"]],
  [5, ["Not watched"]],
  [10, ["3 updated", "12 total", "10 guaranteed"]],
  [39, ["3 updated", "12 total", "10 guaranteed"]],
  [40, ["12 total"]],
  [60, ["12 total"]],
  [70, ["Not watched"]],
  [80, ["5 updated"]],
  [95, ["Not reported"]],
])("at %i", (at, words) => {
  expect(chartCounts(chart, at)).toEqual(words);
});

test("before the first observation nothing was watched, even where that time is too short for a band", () => {
  expect(chartCounts({ ...chart, bands: [] }, 0)).toEqual(["Not watched"]);
});

test("after the present nothing has been counted yet", () => {
  const running = { ...chart, present: 95 };
  expect(chartCounts(running, 96)).toEqual(["Not yet"]);
  expect(chartCounts(running, 95)).toEqual(["Not reported"]);
});

test("an open gap begins with the last counts", () => {
  const counts = { updated: 3, total: 12, guaranteed: 10 };
  const bands = [{ from: 60, until: 100, gap: { from: 60, until: null, cause: null } }];
  const vertices = [
    { elapsed: 0, ...counts },
    { elapsed: 60, ...counts },
  ];
  expect(chartCounts({ bands, vertices, present: null }, 60)).toEqual([
    "3 updated",
    "12 total",
    "10 guaranteed",
  ]);
  expect(chartCounts({ bands, vertices, present: null }, 61)).toEqual(["Not watched"]);
});

test("the chart in a sentence", () => {
  expect(chartSentence({ ...chart, extent: 240_000 })).toBe(
    "Updated and total replicas over 4 min. Updated went from 3 to 5. 2 gaps without observations. The same data is in the table below.",
  );
});
