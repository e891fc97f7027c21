import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { day, hour, minute, second } from "@/lib/domain/instant";

import { ageChangesAt, formatAge, formatUntil, untilChangesAt } from "./age";
import { formatDuration } from "./duration";

/** A moment within a minute of the clock. */
const noon = Date.UTC(2026, 10, 23, 12);
const since = noon + 20 * second;

describe("formatAge", () => {
  it.each([
    [-second, "0 s"],
    [7_999, "7 s"],
    [10 * second, "10 s"],
    [49_999, "40 s"],
    [minute, "1 min"],
    [10 * minute - 1, "9 min"],
    [10 * minute, "10 min"],
    // It waits for the clock's minute.
    [11 * minute, "10 min"],
    [11 * minute + 40 * second, "11 min"],
    [2 * hour + 5 * minute + 40 * second, "2 h 5 min"],
    [3 * day + 4 * hour + 40 * second, "3 d 4 h"],
  ])("writes %i ms as %s", (age, text) => {
    expect(formatAge(since, since + age)).toBe(text);
  });

  it("is never older than the moment is, and catches up within a minute", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 * day }), (age) => {
        const now = noon + age;
        const texts = [age, age - minute].map((length) => formatDuration(length));
        const tens = age < minute ? [formatDuration(Math.floor(age / 10_000) * 10_000)] : [];
        expect([...texts, ...tens]).toContain(formatAge(noon, now));
      }),
    );
  });
});

describe("formatUntil", () => {
  it.each([
    [-minute, "now"],
    [999, "now"],
    [second, "in 1 s"],
    [9_999, "in 9 s"],
    [10_001, "in 10 s"],
    [14_999, "in 10 s"],
    [15 * second, "in 20 s"],
    [54_999, "in 50 s"],
    [55 * second, "in 1 min"],
    [2 * minute - 1, "in 1 min"],
    [2 * hour + 5 * minute, "in 2 h 5 min"],
  ])("writes %i ms as %s", (left, text) => {
    expect(formatUntil(since, since - left)).toBe(text);
  });
});

describe.each([
  { what: "an age", sign: 1, format: formatAge, changesAt: ageChangesAt, mostPerMinute: 15 },
  { what: "a countdown", sign: -1, format: formatUntil, changesAt: untilChangesAt, mostPerMinute: 15 },
])("$what", ({ sign, format, changesAt, mostPerMinute }) => {
  const lengths = fc.oneof(
    fc.integer({ min: -minute, max: 12 * minute }),
    fc.integer({ min: 0, max: 3 * day }),
  );

  it("keeps its text until the predicted instant, and has another one then", () => {
    fc.assert(
      fc.property(lengths, fc.double({ min: 0, max: 1, noNaN: true }), (length, share) => {
        const now = since + sign * length;
        const next = changesAt(since, now);
        const between =
          next === Infinity ? now + Math.floor(share * day) : now + Math.floor(share * (next - 1 - now));
        expect(next).toBeGreaterThan(now);
        expect(format(since, between)).toBe(format(since, now));
        if (next !== Infinity) expect(format(since, next)).not.toBe(format(since, now));
      }),
    );
  });

  it("changes rarely", () => {
    fc.assert(
      fc.property(lengths, (length) => {
        const start = since + sign * length;
        let changes = 0;
        for (let now = changesAt(since, start); now < start + minute; now = changesAt(since, now))
          changes += 1;
        expect(changes).toBeLessThanOrEqual(Math.abs(length) > 2 * minute ? 2 : mostPerMinute);
      }),
    );
  });
});
