import fc from "fast-check";
import { expect, test } from "vitest";

import { hour, minute, second } from "@/lib/domain/instant";

import { timeLeftSentence, timeLeftText, toTimeLeftWords, usualTimeText } from "./time-left-words";
import { rangeText } from "./time-range";

const usual = { low: 14 * minute, high: 19 * minute, count: 4, isScaled: false };
const own = { updated: 3, total: 8, within: 6 * minute };

test("the time left has its evidence beside it", () => {
  const words = toTimeLeftWords({ low: 8.4 * minute, high: 12.6 * minute, own, usual });
  expect(timeLeftSentence(words)).toBe(
    "About 8–13 min left: 3 of 8 in 6 min here, the last four rollouts took 14–19 min.",
  );
});

test.each([
  [8.4 * minute, 12.6 * minute, "8–13 min left"],
  [3 * second, 34 * second, "up to 40 s left"],
  [22 * second, 61 * second, "20–70 s left"],
  [40 * second, 3.2 * minute, "up to 4 min left"],
  [61 * minute, 98 * minute, "1 h to 1 h 40 min left"],
])("%d to %d ms are “%s”", (low, high, text) => {
  expect(timeLeftText(toTimeLeftWords({ low, high, own, usual }))).toBe(text);
});

test("the words contain what was estimated, and are never nothing", () => {
  const limits = fc.tuple(fc.integer({ min: 0, max: 9 * hour }), fc.integer({ min: 1, max: 9 * hour }));
  fc.assert(
    fc.property(limits, ([low, more]) => {
      const words = toTimeLeftWords({ low, high: low + more, own, usual });
      expect(words.lowSeconds * second).toBeLessThanOrEqual(low);
      expect(words.highSeconds * second).toBeGreaterThanOrEqual(low + more);
      expect(words.highSeconds).toBeGreaterThan(words.lowSeconds);
    }),
  );
});

test("evidence names only what is known", () => {
  const left = { low: minute, high: 2 * minute };
  expect(toTimeLeftWords({ ...left, own, usual: null }).evidence).toBe("3 of 8 in 6 min here");
  expect(
    toTimeLeftWords({ ...left, own: null, usual: { ...usual, count: 1, low: usual.high } }).evidence,
  ).toBe("the last rollout took 19 min");
});

test("a usual time that was stretched to more replicas says so", () => {
  expect(usualTimeText(usual)).toBe("the usual 14–19 min");
  expect(usualTimeText({ ...usual, isScaled: true })).toBe("the usual 14–19 min for as many replicas");
});

test.each([
  [48 * second, 52 * second, "48–52 s"],
  [52 * second, 52 * second, "52 s"],
  [70 * second, 130 * second, "1–2 min"],
  [59 * minute, 61 * minute, "59 min to 1 h 1 min"],
  [0, 0, "1 s"],
])("from %d to %d ms is “%s”", (low, high, text) => {
  expect(rangeText(low, high)).toBe(text);
});
