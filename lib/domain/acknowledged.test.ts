import { describe, expect, it } from "vitest";

import { isAcknowledged } from "./acknowledged";

const seenAt = Date.UTC(2026, 10, 24, 14, 2);

describe("an acknowledged failure", () => {
  it.each([
    ["its message was there", "error", seenAt - 1, true],
    ["its message came at that moment", "error", seenAt, true],
    ["it has no message", "error", null, true],
    ["another message came later", "error", seenAt + 1, false],
    ["it goes on after all", "in_progress", seenAt - 1, false],
    ["it is done, but incomplete", "incomplete", seenAt - 1, true],
    ["it is done after all", "done", null, false],
  ] as const)("%s: %j", (_, displayState, errorSince, expected) => {
    expect(isAcknowledged({ displayState, errorSince }, seenAt)).toBe(expected);
  });
});
