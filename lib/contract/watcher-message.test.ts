import { expect, test } from "vitest";

import { summarizeFleet } from "@/lib/domain/fleet-summary";

import { otherMessage } from "./watcher-message";

const message = "The list of endpoints cannot be read since 10:58 UTC: Cerebras answers 503.";
const watcher = { state: "blind" as const, message, nextPollAt: null };

test("a message that repeats the cause in the headline is left out", () => {
  const cause = { code: "upstream_error" as const, message: "Cerebras answers 503." };
  expect(otherMessage(watcher, summarizeFleet([], true), cause)).toBeNull();
});

test("a message about something else stays", () => {
  const cause = { code: "timed_out" as const, message: "Cerebras did not answer in time." };
  expect(otherMessage(watcher, summarizeFleet([], true), cause)).toBe(message);
  expect(otherMessage(watcher, summarizeFleet([], true), null)).toBe(message);
});
