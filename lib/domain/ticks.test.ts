import fc from "fast-check";
import { expect, test } from "vitest";

import { day, hour, minute, second } from "./instant";
import { formatTick, toCountTicks, toElapsedTicks } from "./ticks";

const durations: [number, string[]][] = [
  [4 * second, ["0", "1 s", "2 s", "3 s", "4 s"]],
  [38 * second, ["0", "10 s", "20 s", "30 s"]],
  [100 * second, ["0", "30 s", "1 min", "1 min 30 s"]],
  [140 * second, ["0", "30 s", "1 min", "1 min 30 s", "2 min"]],
  [14 * minute, ["0", "5 min", "10 min"]],
  [49 * minute, ["0", "10 min", "20 min", "30 min", "40 min"]],
  [5 * hour, ["0", "2 h", "4 h"]],
  [3 * day, ["0", "1 d", "2 d", "3 d"]],
];

test.each(durations)("%i ms of elapsed time", (extent, labels) => {
  expect(toElapsedTicks(extent).map(formatTick)).toEqual(labels);
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

test("never more than asked for, never beyond the edge, always from 0", () => {
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

test("no two ticks of an axis read the same, however long it is", () => {
  fc.assert(
    fc.property(fc.integer({ min: second, max: 1_000 * day }), (extent) => {
      const labels = toElapsedTicks(extent).map(formatTick);
      expect(new Set(labels).size).toBe(labels.length);
    }),
  );
});
