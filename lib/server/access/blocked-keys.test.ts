import { describe, expect, it } from "vitest";

import { minute, second } from "@/lib/domain/instant";

import { createBlockedKeys } from "./blocked-keys";

const now = Date.UTC(2026, 10, 26, 14, 2);
const nextAt = now + 15 * minute;

describe("blocked keys", () => {
  it.each([
    ["at once", now, nextAt],
    ["until a second has passed", now + second - 1, nextAt],
    ["no longer, because another process may have lifted the limit", now + second, null],
    ["not after the clock was set back", now - 1, null],
  ])("are refused from memory %s", (_, when, expected) => {
    const blocked = createBlockedKeys();
    blocked.note("account a", nextAt, now);
    expect(blocked.find(["address b", "account a"], when)).toBe(expected);
    expect(blocked.find(["address b"], when)).toBeNull();
  });

  it("are allowed after their window", () => {
    const blocked = createBlockedKeys();
    blocked.note("account a", now + 5, now);
    expect(blocked.find(["account a"], now + 5)).toBeNull();
  });

  it("are dropped beyond 10,000, the least recently used first", () => {
    const blocked = createBlockedKeys();
    for (let key = 0; key <= 10_000; key += 1) blocked.note(`account ${key}`, nextAt, now);
    expect(blocked.find(["account 0"], now)).toBeNull();
    expect(blocked.find(["account 1"], now)).toBe(nextAt);
  });
});
