import { expect, test } from "vitest";

import { second } from "@/lib/domain/instant";

import { againstUsual } from "./against-usual";

test.each([
  [54, 52, "2 s slower"],
  [50, 52, "2 s faster"],
  [52.4, 52, "as usual"],
  [300, 52, "4 min 8 s slower"],
])("%s s against %s s", (took, usual, words) => {
  expect(againstUsual(took * second, usual * second)).toBe(words);
});
