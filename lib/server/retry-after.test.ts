import fc from "fast-check";
import { describe, expect, it, onTestFinished, vi } from "vitest";

import { parseRetryAfter } from "./retry-after";

const now = Date.UTC(2026, 0, 12, 14, 0, 0);

describe("parseRetryAfter", () => {
  it("reads a date without a zone as GMT, in every time zone of the server", () => {
    vi.stubEnv("TZ", "America/New_York");
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(parseRetryAfter("Mon Jan 12 14:00:30 2026", now)).toBe(30_000);
  });

  it.each<[string | null, number | null]>([
    [null, null],
    ["", null],
    ["soon", null],
    ["NaN", null],
    ["Infinity", null],
    ["0x10", null],
    ["1e3", null],
    ["10s", null],
    ["2026", 900_000],
    ["20", 20_000],
    [" 20 ", 20_000],
    ["0", 1_000],
    ["-1", 1_000],
    ["1.25", 1_250],
    ["901", 900_000],
    ["9".repeat(400), 900_000],
    ["Mon, 12 Jan 2026 14:00:30 GMT", 30_000],
    ["Monday, 12-Jan-26 14:00:30 GMT", 30_000],
    ["Mon Jan 12 14:00:30 2026", 30_000],
    ["Mon, 12 Jan 2026 13:00:00 GMT", 1_000],
    ["Fri, 31 Dec 9999 23:59:59 GMT", 900_000],
    ["Mon, 99 Foo 2026 14:00:30 GMT", null],
    ["2026-01-12T14:00:30Z", null],
  ])("reads %j as %s", (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected);
  });

  it("is between 1 s and 15 min for any text, or null", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String)), (header) => {
        const wait = parseRetryAfter(header, now);
        if (wait === null) return;
        expect(wait).toBeGreaterThanOrEqual(1_000);
        expect(wait).toBeLessThanOrEqual(900_000);
      }),
    );
  });
});
