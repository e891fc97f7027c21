import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { formatDuration } from "./duration";
import { day, hour, minute, second } from "./instant";

const units: Record<string, number> = { s: second, min: minute, h: hour, d: day };

/** What the words say, in milliseconds. */
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

  it("never says more than it was, and little less, in at most two units", () => {
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
