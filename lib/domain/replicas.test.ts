import fc from "fast-check";
import { expect, test } from "vitest";

import { guaranteedReplicas, lowestGuaranteed, toRollCall } from "./replicas";

function call(updated: number | null, total: number | null, capacity = 120) {
  return toRollCall({ updatedReplicas: updated, totalReplicas: total }, capacity);
}

test("one cell per replica, filled in order", () => {
  expect(call(2, 3)?.cells).toEqual([
    { size: 1, filled: 1 },
    { size: 1, filled: 1 },
    { size: 1, filled: 0 },
  ]);
});

test("7 of 5 fills five cells", () => {
  expect(call(7, 5)?.cells.every(({ filled }) => filled === 1)).toBe(true);
  expect(call(7, 5)?.cells).toHaveLength(5);
});

test.each([
  [null, 12],
  [7, null],
  [1.5, 12],
  [-1, 12],
  [7, Number.NaN],
])("%s of %s cannot be drawn", (updated, total) => {
  expect(call(updated, total)).toBeNull();
});

test("cells of any size add up to the reported counts", () => {
  const count = fc.integer({ min: 0, max: 5_000 });
  fc.assert(
    fc.property(count, count, fc.integer({ min: 1, max: 200 }), (updated, total, capacity) => {
      const cells = call(updated, total, capacity)?.cells ?? [];
      const sum = (of: "size" | "filled") => cells.reduce((all, cell) => all + cell[of], 0);
      expect(cells.length).toBeLessThanOrEqual(capacity);
      expect(sum("size")).toBe(total);
      expect(sum("filled")).toBe(Math.min(updated, total));
    }),
  );
});

test.each([
  [12, 2, 10],
  [2, 5, 0],
  [null, 2, null],
  [12, null, null],
])("of %s with %s unavailable, %s are guaranteed", (totalReplicas, maxUnavailable, guaranteed) => {
  expect(guaranteedReplicas({ totalReplicas, maxUnavailable })).toBe(guaranteed);
});

test.each([
  [[], null],
  [[{ totalReplicas: null, maxUnavailable: 2 }], null],
  [
    [
      { totalReplicas: 12, maxUnavailable: 2 },
      { totalReplicas: null, maxUnavailable: null },
      { totalReplicas: 8, maxUnavailable: 3 },
      { totalReplicas: 12, maxUnavailable: 1 },
    ],
    5,
  ],
  [[{ totalReplicas: 1, maxUnavailable: 4 }], 0],
])("the lowest that was guaranteed of %j is %j", (states, lowest) => {
  expect(lowestGuaranteed(states)).toBe(lowest);
});
