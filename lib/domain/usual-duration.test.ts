import { expect, it } from "vitest";

import { second } from "./instant";
import { usualDuration } from "./usual-duration";

const took = (seconds: number | null, displayState: "done" | "error" | "incomplete" = "done") => ({
  displayState,
  startedAt: 1_000,
  endedAt: seconds === null ? null : 1_000 + seconds * second,
});

it.each([
  ["nothing before", [], null],
  ["one", [took(52)], 52],
  ["an odd number", [took(50), took(10), took(60)], 50],
  ["an even number", [took(50), took(60)], 55],
  ["an end that was not seen", [took(null), took(52)], 52],
  ["failures and incomplete ones", [took(3, "error"), took(52), took(4, "incomplete")], 52],
  ["failures only", [took(3, "error")], null],
])("the usual duration after %s", (_, earlier, seconds) => {
  expect(usualDuration(earlier)).toBe(seconds === null ? null : seconds * second);
});
