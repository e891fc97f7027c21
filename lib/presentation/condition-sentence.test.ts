import { expect, test } from "vitest";

import { minute, second } from "@/lib/domain/instant";

import { conditionSentence } from "./condition-sentence";

const stalled = {
  code: "stalled",
  since: 0,
  idleFor: 9 * minute,
  usual: null,
  isCounted: true,
  from: 0,
  perReplica: 3 * minute,
} as const;

test.each([
  [
    {
      ...stalled,
      usual: { low: 2 * minute, middle: 3 * minute, high: 4 * minute, phase: "next", atOnce: 1 },
    },
    "No replica has moved for 9 min; here one usually moves every 2–4 min.",
  ],
  [
    {
      ...stalled,
      usual: { low: 5 * minute, middle: 6 * minute, high: 7 * minute, phase: "next", atOnce: 3 },
    },
    "No replica has moved for 9 min; here about 3 usually move at once, every 5–7 min.",
  ],
  [
    {
      ...stalled,
      usual: { low: 40 * second, middle: 40 * second, high: 40 * second, phase: "first", atOnce: 1 },
    },
    "No replica has moved for 9 min; here the first one usually moves after 40 s.",
  ],
  [
    {
      ...stalled,
      usual: { low: 20 * second, middle: 30 * second, high: 40 * second, phase: "last", atOnce: 1 },
    },
    "No replica has moved for 9 min; here the end usually comes 20–40 s after the last one.",
  ],
  [
    { ...stalled, isCounted: false },
    "Its status has been the same for 9 min; the API reports no replica counts, so Rollcall judges by status and age.",
  ],
  [
    {
      code: "late",
      since: 0,
      by: 4 * minute,
      from: 0,
      usual: { low: 14 * minute, high: 19 * minute, count: 4, isScaled: false },
    },
    "4 min over the usual 14–19 min.",
  ],
  [{ ...stalled, usual: null }, "No replica has moved for 9 min."],
  [
    { code: "regressing", since: 0, updated: 5, peak: 8 },
    "Replicas are going backwards: 5 updated now, 8 before, while Cerebras still reports it as in progress. A rollback may have begun, or updated replicas may have restarted.",
  ],
  [
    {
      code: "overlapping",
      since: 0,
      rollouts: [
        { version: "9", status: "in_progress", updatedReplicas: 2, totalReplicas: 12 },
        { version: null, status: "in_progress", updatedReplicas: 7, totalReplicas: 12 },
      ],
    },
    "2 rollouts are under way at once: v9, the newest, and this deployment. v9 reports 2 of 12 replicas updated, this deployment reports 7 of 12 replicas updated. Rollcall concludes that v9 is likely to win: it was requested last.",
  ],
] as const)("%o", (condition, sentence) => {
  expect(conditionSentence(condition)).toBe(sentence);
});
