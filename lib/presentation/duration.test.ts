import fc from "fast-check";
import { describe, expect, it, test } from "vitest";

import { day, hour, minute, second } from "@/lib/domain/instant";
import { toElapsedTicks } from "@/lib/domain/ticks";

import { formatDuration, formatLength } from "./duration";

const units: Record<string, number> = { s: second, min: minute, h: hour, d: day };

/** The text in milliseconds. */
function toMilliseconds(words: string): number {
  return [...words.matchAll(/(\d+) (min|s|h|d)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ""] ?? Number.NaN),
    0,
  );
}

describe("formatDuration", () => {
  it.each([
    [-5, "0 s"],
    [0, "0 s"],
    [999, "0 s"],
    [second, "1 s"],
    [59_999, "59 s"],
    [minute, "1 min"],
    [4 * minute + 59_999, "4 min"],
    [hour - 1, "59 min"],
    [hour, "1 h"],
    [2 * hour + 5 * minute, "2 h 5 min"],
    [day - 1, "23 h 59 min"],
    [day, "1 d"],
    [3 * day + 4 * hour + 59 * minute, "3 d 4 h"],
    [400 * day, "400 d"],
  ])("says %i ms as %s", (duration, words) => {
    expect(formatDuration(duration)).toBe(words);
  });

  it("is never more than the duration, and little less, in at most two units", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000 * day }), (duration) => {
        const words = formatDuration(duration);
        const said = toMilliseconds(words);
        expect(words).toMatch(/^\d+ (s|min|h|d)( \d+ (min|h))?$/);
        expect(said).toBeLessThanOrEqual(duration);
        expect(duration - said).toBeLessThan(duration < minute ? second : duration < day ? minute : hour);
      }),
    );
  });
});

test.each([
  [0, "0 s"],
  [40 * second, "40 s"],
  [minute, "1 min"],
  [8 * minute + 21_999, "8 min 21 s"],
  [10 * minute - 1, "9 min 59 s"],
  [10 * minute, "10 min"],
  [11 * minute + 18 * second, "11 min"],
  [hour + 5 * minute, "1 h 5 min"],
])("a length of %i ms is %s", (length, words) => {
  expect(formatLength(length)).toBe(words);
});

const durations: [number, string[]][] = [
  [4 * second, ["0 s", "1 s", "2 s", "3 s", "4 s"]],
  [38 * second, ["0 s", "10 s", "20 s", "30 s"]],
  [100 * second, ["0 s", "30 s", "1 min", "1 min 30 s"]],
  [140 * second, ["0 s", "30 s", "1 min", "1 min 30 s", "2 min"]],
  [14 * minute, ["0 s", "5 min", "10 min"]],
  [49 * minute, ["0 s", "10 min", "20 min", "30 min", "40 min"]],
  [5 * hour, ["0 s", "2 h", "4 h"]],
  [3 * day, ["0 s", "1 d", "2 d", "3 d"]],
];

test.each(durations)("the tick labels of %i ms", (extent, labels) => {
  expect(toElapsedTicks(extent).map(formatLength)).toEqual(labels);
});

test("no two ticks of an axis have the same label", () => {
  fc.assert(
    fc.property(fc.integer({ min: second, max: 1_000 * day }), (extent) => {
      const labels = toElapsedTicks(extent).map(formatLength);
      expect(new Set(labels).size).toBe(labels.length);
    }),
  );
});
