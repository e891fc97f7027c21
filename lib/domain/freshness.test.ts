import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { CauseCode } from "./cause";
import { judgeFreshness, type FailureRun } from "./freshness";

function failing(count: number, code: CauseCode = "unreachable"): FailureRun {
  return { count, cause: { code, message: "words", since: 1, retryAt: 2 } };
}

const interval = 5_000;

describe("freshness", () => {
  it.each([
    ["just observed", 0, null, "live"],
    ["two intervals old to the millisecond", 2 * interval, null, "live"],
    ["older than two intervals", 2 * interval + 1, null, "delayed"],
    ["one failed poll, still young", interval, failing(1), "live"],
    ["one failed poll, and old", 3 * interval, failing(1), "delayed"],
    ["two failed polls", 3 * interval, failing(2), "delayed"],
    ["three failed polls", interval, failing(3), "blind"],
    ["the key rejected once", 0, failing(1, "key_rejected"), "blind"],
    ["the key lacking access once", 0, failing(1, "key_lacks_access"), "blind"],
  ])("%s", (_, age, failures, state) => {
    expect(judgeFreshness({ observedAt: 100, interval, failures, now: 100 + age }).state).toBe(state);
  });

  it("is delayed before the first observation, with the cause when polls fail", () => {
    expect(judgeFreshness({ observedAt: null, interval, failures: null, now: 0 })).toEqual({
      state: "delayed",
      observedAt: null,
      cause: null,
    });
    expect(judgeFreshness({ observedAt: null, interval, failures: failing(1), now: 0 }).cause?.message).toBe(
      "words",
    );
  });

  it("is never live after two intervals or three failures", () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.integer({ min: 1, max: 20_000 }), fc.nat(6), (age, every, count) => {
        const failures = count === 0 ? null : failing(count);
        const { state } = judgeFreshness({ observedAt: 0, interval: every, failures, now: age });
        if (age > 2 * every || count >= 3) expect(state).not.toBe("live");
        else expect(state).toBe("live");
      }),
    );
  });
});
