import { expect, test } from "vitest";

import { countFigures, countsText, countText, guaranteeText, undrawnCountsSentence } from "./count";

const counts = (updatedReplicas: number | null, totalReplicas: number | null) => ({
  updatedReplicas,
  totalReplicas,
});

test.each([
  [6, 12, "6 of 12"],
  [0, 12, "0 of 12"],
  [7, 5, "7 of 5"],
  [null, 12, "? of 12"],
  [6, null, "6 of ?"],
  [null, null, "not reported"],
] as const)("%o of %o", (updated, total, text) => {
  expect(countsText(counts(updated, total))).toBe(text);
});

test("a single count is never zero when it is not reported", () => {
  expect([countText(0), countText(null)]).toEqual(["0", "not reported"]);
  expect(countFigures(counts(null, null))).toBeNull();
});

test.each([
  [10, 12, 2, null, "at least 10 of 12 serve (max 2 down)"],
  [10, 12, 2, 10, "at least 10 of 12 serve (max 2 down), never fewer"],
  [10, 12, 2, 8, "at least 10 of 12 serve (max 2 down), 8 at the lowest"],
  [0, 0, 2, null, "at least 0 of 0 serve (max 2 down)"],
  [null, null, 2, null, "max 2 down"],
  [null, 12, null, null, "max unavailable not reported"],
  [null, 12, null, 8, "max unavailable not reported, at least 8 served at the lowest"],
] as const)(
  "guaranteed are %o of %o with %o down, %o at the lowest",
  (guaranteedReplicas, totalReplicas, maxUnavailable, lowest, text) => {
    expect(guaranteeText({ guaranteedReplicas, totalReplicas, maxUnavailable }, lowest)).toBe(text);
  },
);

test.each([
  [null, null, "The API reports no replica counts for this rollout. They may not be zero."],
  [6, null, "The API does not report the total number of replicas."],
  [null, 12, "The API does not report how many replicas are updated."],
  [0, 0, "The API reports a total of 0 replicas."],
  [-1, 12, "These counts cannot be drawn. The numbers are shown as the API reported them."],
] as const)("why %o of %o has no cells", (updated, total, sentence) => {
  expect(undrawnCountsSentence(counts(updated, total))).toBe(sentence);
});
