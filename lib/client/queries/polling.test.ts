import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { noteFailed, notePolled } from "../poll-log";
import { timesOf, untilNextPoll, type Answer } from "./polling";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000, toFake: ["Date", "performance"] });
});

afterEach(() => {
  vi.useRealTimers();
});

function answer(answeredAt: number): Answer<null> {
  return { body: null, etag: "", age: 1_000, nextPollIn: 4_000, answeredAt };
}

test("before this browser has polled, the page's own answer counts", () => {
  expect(timesOf("/a", answer(1_000_000))).toMatchObject({
    observedAt: 999_000,
    interval: 5_000,
    failures: 0,
  });
  expect(untilNextPoll("/a", answer(1_000_000))).toBe(4_000);
});

test("afterwards the newest poll counts, a 304 included", () => {
  vi.advanceTimersByTime(4_000);
  notePolled("/b", { age: 200, nextPollIn: 4_800 });
  expect(timesOf("/b", answer(1_000_000))).toMatchObject({ observedAt: 1_003_800, nextPollAt: 1_008_800 });
});

test("an answer that came with a page newer than the last poll counts more", () => {
  notePolled("/c", { age: 0, nextPollIn: 5_000 });
  expect(timesOf("/c", answer(1_060_000)).answeredAt).toBe(1_060_000);
});

test("a failure keeps what was observed and plans a later try each time", () => {
  const first = answer(1_000_000);
  noteFailed("/d", timesOf("/d", first), "no answer");
  const once = timesOf("/d", first);
  expect(once).toMatchObject({
    observedAt: 999_000,
    answeredAt: 1_000_000,
    failures: 1,
    failure: "no answer",
  });
  noteFailed("/d", once, "no answer");
  expect(timesOf("/d", first).failures).toBe(2);
  expect(timesOf("/d", first).nextPollAt).toBeGreaterThan(once.nextPollAt);
});

test("nothing known is asked about soon", () => {
  expect(untilNextPoll("/e", undefined)).toBe(500);
});
