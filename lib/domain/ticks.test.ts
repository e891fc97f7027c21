import fc from "fast-check";
import { expect, test } from "vitest";

import { day, hour, minute, second } from "./instant";
import { toCountTicks, toElapsedTicks } from "./ticks";

const durations: [number, number[]][] = [
  [4 * second, [0, 1, 2, 3, 4].map((n) => n * second)],
  [38 * second, [0, 10, 20, 30].map((n) => n * second)],
  [140 * second, [0, 30, 60, 90, 120].map((n) => n * second)],
  [49 * minute, [0, 10, 20, 30, 40].map((n) => n * minute)],
  [5 * hour, [0, 2, 4].map((n) => n * hour)],
  [3 * day, [0, 1, 2, 3].map((n) => n * day)],
];

test.each(durations)("%i ms of elapsed time", (extent, ticks) => {
  expect(toElapsedTicks(extent)).toEqual(ticks);
});

const counts: [number, number[]][] = [
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [5, [0, 2, 4]],
  [12, [0, 5, 10]],
  [24, [0, 5, 10, 15, 20]],
  [300, [0, 100, 200, 300]],
];

test.each(counts)("%i replicas", (ceiling, ticks) => {
  expect(toCountTicks(ceiling)).toEqual(ticks);
});

test("at most as many as requested, from 0, within the edge", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000_000 }), (size) => {
      for (const ticks of [toElapsedTicks(size), toCountTicks(size)]) {
        expect(ticks[0]).toBe(0);
        expect(ticks.length).toBeLessThanOrEqual(5);
        expect(Math.max(...ticks)).toBeLessThanOrEqual(size);
      }
    }),
  );
});
