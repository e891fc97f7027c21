import { expect, test } from "vitest";

import { retryDelay, untilDue } from "./poll-log";

test("pauses double up to 15 s, and chance shortens them by a quarter at most", () => {
  expect([1, 2, 3, 4, 5, 9, 100].map((failures) => retryDelay(failures, 0))).toEqual([
    1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000,
  ]);
  expect(retryDelay(1, 1)).toBe(750);
});

test("waits at least half a second", () => {
  expect(untilDue(5_000, 1_000)).toBe(4_000);
  expect(untilDue(1_100, 1_000)).toBe(500);
  expect(untilDue(0, 1_000)).toBe(500);
});
