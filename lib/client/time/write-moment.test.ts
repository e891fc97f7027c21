import { runInNewContext } from "node:vm";

import { afterEach, expect, test, vi } from "vitest";

import { localizeScript, writeInFull, writeLocal, writeUtc } from "./write-moment";

afterEach(() => {
  vi.unstubAllEnvs();
});

const at = Date.UTC(2026, 10, 23, 14, 2, 10);
const sameDay = Date.UTC(2026, 10, 23, 20);
const nextDay = Date.UTC(2026, 10, 24, 1);

test("a moment of today has no day, of another day it has", () => {
  expect(writeUtc(at, sameDay, "short")).toBe("14:02 UTC");
  expect(writeUtc(at, sameDay, "exact")).toBe("14:02:10 UTC");
  expect(writeUtc(at, nextDay, "short")).toBe("23 Nov 14:02 UTC");
  expect(writeUtc(at, nextDay, "clock")).toBe("14:02:10 UTC");
});

test("a moment of another year has its year", () => {
  const aYearAgo = Date.UTC(2025, 10, 25, 14, 0, 5);
  expect(writeUtc(aYearAgo, at, "short")).toBe("25 Nov 2025 14:00 UTC");
  expect(writeUtc(aYearAgo, at, "exact")).toBe("25 Nov 2025 14:00:05 UTC");
  expect(writeUtc(at, aYearAgo, "short")).toBe("23 Nov 2026 14:02 UTC");
});

test("which year it is depends on the viewer's zone", () => {
  const midnight = Date.UTC(2026, 0, 1);
  vi.stubEnv("TZ", "America/New_York");
  expect(writeLocal(midnight - 1_000, midnight + 86_400_000, "short")).toBe("31 Dec 2025 18:59");
  vi.stubEnv("TZ", "Asia/Kolkata");
  expect(writeLocal(midnight - 1_000, midnight + 86_400_000, "short")).toBe("1 Jan 05:29");
});

test.each([
  ["Europe/Berlin", "15:02", "2026-11-23 15:02:10 UTC+1 (14:02:10 UTC)"],
  ["America/New_York", "09:02", "2026-11-23 09:02:10 UTC−5 (14:02:10 UTC)"],
  ["Asia/Kolkata", "19:32", "2026-11-23 19:32:10 UTC+5:30 (14:02:10 UTC)"],
  ["Pacific/Auckland", "24 Nov 03:02", "2026-11-24 03:02:10 UTC+13 (14:02:10 UTC)"],
])("in %s", (zone, short, full) => {
  vi.stubEnv("TZ", zone);
  expect(writeLocal(at, at - 6 * 3_600_000, "short")).toBe(short);
  expect(writeInFull(at)).toBe(full);
});

test.each([
  ["America/New_York", "1 Nov 01:40:00 UTC−4", "1 Nov 01:10:00 UTC−5"],
  ["Europe/Berlin", "06:40:00", "07:10:00"],
  ["Asia/Kolkata", "11:10:00", "11:40:00"],
])("a range has offsets only where clocks are changed within it: %s", (zone, from, until) => {
  vi.stubEnv("TZ", zone);
  const start = Date.UTC(2026, 10, 1, 5, 40);
  const end = start + 30 * 60_000;
  const day = zone === "America/New_York" ? at : end;
  expect(writeLocal(start, day, "exact", end)).toBe(from);
  expect(writeLocal(end, day, "exact", start)).toBe(until);
});

test("the inline script writes what the page itself would write", () => {
  vi.stubEnv("TZ", "America/New_York");
  const iso = new Date(at).toISOString();
  const summer = new Date(Date.UTC(2026, 6, 1));
  const elements = [
    { dateTime: iso, dataset: { form: "exact" }, textContent: "" },
    { dateTime: iso, dataset: { form: "short" }, textContent: "" },
    { dateTime: iso, dataset: { form: "exact", beside: summer.toISOString() }, textContent: "" },
  ];
  runInNewContext(localizeScript(), { document: { querySelectorAll: () => elements }, Date });
  const now = Date.now();
  expect(elements.map(({ textContent }) => textContent)).toEqual([
    writeLocal(at, now, "exact"),
    writeLocal(at, now, "short"),
    `${writeLocal(at, now, "exact")} UTC−5`,
  ]);
});
