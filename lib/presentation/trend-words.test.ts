import { expect, test } from "vitest";

import { toDurationTrend } from "@/lib/domain/duration-trend";
import { minute, second } from "@/lib/domain/instant";

import { trendSentence } from "./trend-words";

const sentence = (lengths: readonly number[], totals: readonly number[] = []) => {
  const trend = toDurationTrend(lengths.map((took, nth) => ({ took, total: totals[nth] ?? 12 })));
  return trend === null ? null : trendSentence(trend);
};
const minutes = (...lengths: number[]) => lengths.map((each) => each * minute);
const usual = minutes(14, 16, 15, 17, 16);

test.each([
  [minutes(14), "The last rollout that succeeded took 14 min."],
  [minutes(14, 19), "The last two rollouts that succeeded took 14–19 min."],
  [minutes(14, 14), "The last two rollouts that succeeded took 14 min."],
  [
    [...usual, ...minutes(22, 21, 23)],
    "The last eight rollouts that succeeded took 14–23 min. The last three were slower than the five before (median 22 min against 16 min).",
  ],
  [
    [...usual, ...usual, ...usual, ...minutes(16, 8, 9, 7)],
    "The last 19 rollouts that succeeded took 7–17 min. The last three were faster than the 16 before (median 8 min against 16 min).",
  ],
  [
    [...usual, ...minutes(16, 15, 17)],
    "The last eight rollouts that succeeded took 14–17 min. The last three took about as long as the five before (median 16 min against 16 min).",
  ],
  [[...usual, ...minutes(22, 23, 16)], "The last eight rollouts that succeeded took 14–23 min."],
  [[40 * second, 52 * second], "The last two rollouts that succeeded took 40–52 s."],
  [[75 * second, 118 * second], "The last two rollouts that succeeded took 1 min 15 s to 1 min 58 s."],
  [[45 * second, 12 * minute], "The last two rollouts that succeeded took 45 s to 12 min."],
] as const)("%#", (lengths, expected) => {
  expect(sentence(lengths)).toBe(expected);
});

test("more replicas are a reason for more time", () => {
  expect(sentence([...usual, ...minutes(32, 31, 33)], [12, 12, 12, 12, 12, 24, 24, 24])).toContain(
    "(median 32 min against 16 min, on 24 instead of 12 replicas)",
  );
});
