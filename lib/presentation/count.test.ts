import { expect, test } from "vitest";

import { countFigures, countsCaption, countsText, countText, undrawnCountsSentence } from "./count";

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
  [6, 12, "replicas updated"],
  [null, 12, "replicas; how many are updated is not reported"],
  [6, null, "replicas updated; the total is not reported"],
] as const)("the caption of %o of %o", (updated, total, caption) => {
  expect(countsCaption(counts(updated, total))).toBe(caption);
});

test.each([
  [null, null, "The API reports no replica counts for this rollout. They may not be zero."],
  [6, null, "The API does not report the total number of replicas."],
  [null, 12, "The API does not report how many replicas are updated."],
  [0, 0, "The API reports a total of 0 replicas."],
  [-1, 12, "These counts cannot be drawn. The numbers are shown as the API reported them."],
] as const)("why %o of %o has no cells", (updated, total, sentence) => {
  expect(undrawnCountsSentence(counts(updated, total))).toBe(sentence);
});
