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
  const progress = { own: null, totals: { own: 12, other: 12 }, sooner: null };
  const at = (elapsed: number, other: number | null, more: object = {}) =>
    comparisonSentence(done("8", null), done("7", 52), {
      ...{ ...progress, elapsed: elapsed * second, other },
      ...more,
    });
  const nine = "Dotted line: v7, done after 52 s. By this time it had 9 replicas updated";
  expect(at(40, 9)).toBe(`${nine}.`);
  expect(at(60, 12)).toBe("Dotted line: v7, done after 52 s. By this time it was over.");
  expect(at(60, 12, { own: 5, sooner: second })).toBe(
    "Dotted line: v7, done after 52 s. By this time it was over: v8 is 7 replicas behind, and came as far 1 s sooner.",
  );
  expect(at(40, 1)).toMatch(/it had 1 replica updated\.$/);
  expect(at(40, null)).toBe("Dotted line: v7, done after 52 s.");
  expect(at(40, 9, { own: 7, sooner: -180 * second })).toBe(
    `${nine}: v8 is 2 replicas behind, and came as far 3 min later.`,
  );
  expect(at(40, 9, { own: 10, sooner: 8 * second })).toBe(
    `${nine}: v8 is 1 replica ahead, and came as far 8 s sooner.`,
  );
  expect(at(40, 9, { own: 9 })).toBe(`${nine}: v8 is level with it.`);
  expect(at(40, 9, { own: 7, totals: { own: 24, other: 12 } })).toBe(`${nine}.`);
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
