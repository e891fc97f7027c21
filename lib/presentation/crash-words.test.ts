import { expect, test } from "vitest";

import { crashAdvice } from "./crash-words";

test("an error of the server has an id to find it by", () => {
  expect(crashAdvice({ digest: "2871936", message: "hidden" })).toMatch(/log for digest 2871936\.$/);
});

test("an error of the browser says what happened, because no log has it", () => {
  const advice = crashAdvice({ message: `x is not a function ${"y".repeat(900)}` });
  expect(advice).toContain("x is not a function");
  expect(advice.length).toBeLessThan(400);
});
