import { expect, test } from "vitest";

import { minute, second } from "@/lib/domain/instant";

import { conditionSentence } from "./condition-sentence";

test.each([
  [
    { code: "stalled", since: 0, idleFor: 11 * minute, usualWait: 40 * second },
    "No replica has moved for 11 min. Usually one moves every 40 s.",
  ],
  [
    { code: "stalled", since: 0, idleFor: 5 * minute, usualWait: null },
    "No replica has moved for 5 min. None has moved since Rollcall started watching this rollout.",
  ],
  [
    { code: "regressing", since: 0, updated: 5, peak: 8 },
    "Replicas are going backwards: 5 updated now, 8 before, while the API still says in progress.",
  ],
  [
    { code: "overlapping", since: 0, others: ["9", null] },
    "Another rollout is under way on this endpoint at the same time: v9, one of an unknown version.",
  ],
] as const)("%o", (condition, sentence) => {
  expect(conditionSentence(condition)).toBe(sentence);
});
