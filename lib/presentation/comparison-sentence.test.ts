import { expect, test } from "vitest";

import { second } from "@/lib/domain/instant";

import { comparisonLabel, comparisonSentence } from "./comparison-sentence";

const done = (version: string, seconds: number | null) => ({
  version,
  displayState: "done" as const,
  startedAt: 0,
  endedAt: seconds === null ? null : seconds * second,
  isBroken: false,
  lowestGuaranteedReplicas: 10,
});

test.each([
  [
    54,
    "Dotted line: v7, done after 52 s. v8 was 2 s slower, and never fewer than 10 replicas were guaranteed.",
  ],
  [
    40,
    "Dotted line: v7, done after 52 s. v8 was 12 s faster, and never fewer than 10 replicas were guaranteed.",
  ],
  [
    52,
    "Dotted line: v7, done after 52 s. v8 took as long, and never fewer than 10 replicas were guaranteed.",
  ],
  [null, "Dotted line: v7, done after 52 s."],
])("after %s s", (seconds, sentence) => {
  expect(comparisonSentence(done("8", seconds), done("7", 52), null)).toBe(sentence);
});

test("while it lasts, it says how far the other was by this time", () => {
  const at = (elapsed: number, updated: number | null) =>
    comparisonSentence(done("8", null), done("7", 52), { elapsed: elapsed * second, updated });
  expect(at(40, 9)).toBe("Dotted line: v7, done after 52 s. By this time it had 9 replicas updated.");
  expect(at(60, 12)).toBe("Dotted line: v7, done after 52 s. By this time it was over.");
  expect(at(40, null)).toBe("Dotted line: v7, done after 52 s.");
});

test("a failure is not called slower or faster", () => {
  const failed = { ...done("7", 52), displayState: "error" as const };
  expect(comparisonSentence(done("8", 54), failed, null)).toBe("Dotted line: v7, failed after 52 s.");
});

test("a line with holes says what they are", () => {
  expect(comparisonSentence(done("8", null), { ...done("7", 52), isBroken: true }, null)).toBe(
    "Dotted line: v7, done after 52 s; where it breaks off, Rollcall could not watch.",
  );
});

test("the label of the line", () => {
  expect(comparisonLabel(done("7", 76))).toBe("v7, took 1 min 16 s");
  expect(comparisonLabel(done("7", null))).toBe("v7");
});
