import { expect, test } from "vitest";

import { mostListed, toCutNote } from "./list-limit";

test("a list that may be cut says so, and what to do", () => {
  expect(toCutNote(mostListed - 1, "wall screens")).toBeNull();
  expect(toCutNote(mostListed, "wall screens")).toMatch(/newest 500 wall screens.*Remove/);
});
