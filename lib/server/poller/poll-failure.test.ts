import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { backoffDelay } from "./poll-failure";

const longest = 300_000;

describe("backoffDelay", () => {
  it("is never shorter than the interval, and never longer than 5 min unless the interval is", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 1, max: 3_600_000 }),
        (nth, interval) => {
          const delay = backoffDelay(nth, interval);
          expect(delay).toBeGreaterThanOrEqual(interval);
          expect(delay).toBeLessThanOrEqual(Math.max(longest, interval));
        },
      ),
    );
  });

  it("grows: after many failures it is far longer than after one", () => {
    const mean = (nth: number) =>
      Array.from({ length: 200 }, () => backoffDelay(nth, 5_000)).reduce((sum, delay) => sum + delay, 0) /
      200;
    expect(mean(1)).toBeLessThan(20_000);
    expect(mean(12)).toBeGreaterThan(100_000);
  });

  it("is random, so that endpoints that failed together do not retry together", () => {
    expect(new Set(Array.from({ length: 20 }, () => backoffDelay(6, 5_000))).size).toBeGreaterThan(10);
  });
});
