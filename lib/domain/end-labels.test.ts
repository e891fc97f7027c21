import fc from "fast-check";
import { expect, test } from "vitest";

import { toEndLabels } from "./end-labels";
import type { Series } from "./series";

function series(updated: number | null, total: number | null, guaranteed: number | null): Series {
  const vertices = [{ elapsed: 0, updated, total, guaranteed }];
  return { startedAt: 0, vertices, bands: [], marks: [], extent: 1, ceiling: total ?? 1 };
}

test("labels are at the heights of their lines, topmost first", () => {
  expect(toEndLabels(series(5, 10, 8), 10, 0.1)).toEqual([
    { of: "total", count: 10, at: 1 },
    { of: "guaranteed", count: 8, at: 0.8 },
    { of: "updated", count: 5, at: 0.5 },
  ]);
});

test("another rollout's end has its name, and its place among the others", () => {
  const labels = toEndLabels(series(5, 10, 8), 10, 0.1, [{ name: "v8", count: 7 }]);
  expect(labels.map(({ of, at, name }) => [of, at, name])).toEqual([
    ["total", 1, undefined],
    ["guaranteed", 0.8, undefined],
    ["other", 0.7, "v8"],
    ["updated", 0.5, undefined],
  ]);
});

test("a count that was never reported has no label", () => {
  expect(toEndLabels(series(5, null, null), 10, 0.1).map(({ of }) => of)).toEqual(["updated"]);
});

test("labels never touch and never leave the chart", () => {
  const count = fc.integer({ min: 0, max: 1_000 });
  fc.assert(
    fc.property(count, count, count, (updated, total, guaranteed) => {
      const heights = toEndLabels(series(updated, total, guaranteed), 1_000, 0.08).map(({ at }) => at);
      for (const [index, at] of heights.entries()) {
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at).toBeLessThanOrEqual(1 + 1e-9);
        expect((heights[index - 1] ?? 2) - at).toBeGreaterThanOrEqual(0.08 - 1e-9);
      }
    }),
  );
});
