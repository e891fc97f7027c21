import { once } from "node:events";
import { createServer } from "node:http";

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as z from "zod/mini";

import { instantSchema } from "@/lib/contract/instant";

import { noteFailed, notePolled, pollTimes } from "./poll-log";
import { serverNow } from "./time/server-clock";

import { ask, timesOf, untilNextPoll, type Answer } from "./polling";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000, toFake: ["Date", "performance"] });
});

afterEach(() => {
  vi.useRealTimers();
});

function answer(answeredAt: number): Answer<null> {
  return { body: null, etag: "", age: 1_000, nextPollIn: 4_000, answeredAt };
}

test("before this browser has polled, the answer in the page counts", () => {
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

test("a failure keeps the last answer and schedules each retry later", () => {
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

test("a path without an answer is polled soon", () => {
  expect(untilNextPoll("/e", undefined)).toBe(500);
});

const seen = z.object({ observedAt: instantSchema });

/** Asks a server whose clock stands at `date`, and that observed something `age` milliseconds before. */
async function askAt(date: string, body: z.input<typeof seen>, age: number, hold?: () => Promise<void>) {
  const server = createServer((_, response) => {
    response.writeHead(200, { date, "rollcall-age": String(age), "rollcall-next-poll-in": "4000" });
    response.end(JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const place = server.address();
  const path = `http://127.0.0.1:${place === null || typeof place === "string" ? "" : place.port}/`;
  const ways = { observedAt: ({ observedAt }: z.infer<typeof seen>) => observedAt, ...(hold && { hold }) };
  await ask(path, () => seen, undefined, new AbortController().signal, ways);
  server.close();
  return path;
}

test("reads the server's clock to the millisecond from the age of an observation, else to the second", async () => {
  const observedAt = "2026-11-26T14:00:04.900Z";
  await askAt("Thu, 26 Nov 2026 14:00:05 GMT", { observedAt }, 700);
  expect(new Date(serverNow()).toISOString()).toBe("2026-11-26T14:00:05.600Z");
  // Moments that run ahead of the server's own clock do not set it.
  await askAt("Thu, 26 Nov 2026 15:00:00 GMT", { observedAt: "2026-11-26T17:00:00.000Z" }, 0);
  expect(new Date(serverNow()).toISOString()).toBe("2026-11-26T15:00:00.000Z");
});

test("an answer that is held counts from when it arrived", async () => {
  const hold = () => Promise.resolve(void vi.advanceTimersByTime(1_500));
  const path = await askAt(
    "Thu, 26 Nov 2026 16:00:00 GMT",
    { observedAt: "2026-11-26T16:00:00.500Z" },
    0,
    hold,
  );
  const { answeredAt = 0, observedAt } = pollTimes(path) ?? {};
  expect(serverNow() - answeredAt).toBe(1_500);
  expect(observedAt).toBe(answeredAt);
});
