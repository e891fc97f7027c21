import { expect, test } from "vitest";

import type { RolloutStatus } from "@/lib/domain/rollout-status";
import { rolloutDisplay } from "@/lib/domain/testing/rollout-display";

import { overlapDetail, overlapSentence, overlapText } from "./overlap-words";

const of = (version: string, updatedReplicas: number | null, status: RolloutStatus = "in_progress") =>
  rolloutDisplay({ version, updatedReplicas, status });

test("several rollouts at once: which is the newest", () => {
  const three = [of("10", 1), of("9", 2), of("8", 3)];
  expect(overlapSentence(three)).toBe("3 rollouts are under way at once: v10, the newest, and v9 and v8.");
  expect(overlapSentence(three.slice(1))).toBe("2 rollouts are under way at once: v9, the newest, and v8.");
  expect([overlapText(three), overlapText([of("9", 1, "error"), of("8", 1)])]).toEqual([
    "3 rollouts at once",
    null,
  ]);
});

test.each([
  [
    [of("9", 2), of("8", 7)],
    "v9 reports 2 of 12 replicas updated, v8 reports 7 of 12 replicas updated. Rollcall concludes that v9 is likely to win: it was requested last.",
  ],
  [
    [of("9", null, "not_started"), of("8", 7)],
    "v9 reports no counts, v8 reports 7 of 12 replicas updated. Rollcall concludes that v9 is likely to win: it was requested last.",
  ],
  [
    [of("9", 2, "rolling_back"), of("8", 7)],
    "v9 reports 2 of 12 replicas updated, v8 reports 7 of 12 replicas updated. Which of them will win is open: v9, the newest, is rolling back.",
  ],
])("what each holds, and which is likely to win: %#", (rollouts, sentence) => {
  expect(overlapDetail(rollouts)).toBe(sentence);
});
