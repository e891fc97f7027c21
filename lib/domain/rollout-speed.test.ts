import { describe, expect, it } from "vitest";

import type { RolloutState } from "./endpoint-report";
import type { Observation } from "./observation";
import { lastMovedAt } from "./rollout-speed";
import type { RolloutStatus } from "./rollout-status";

function observe(
  at: number,
  updatedReplicas: number | null,
  status: RolloutStatus = "in_progress",
): Observation {
  const state: RolloutState = {
    status,
    reportedStatus: status,
    updatedReplicas,
    totalReplicas: 12,
    maxUnavailable: 2,
    errorMessage: null,
    warnings: [],
  };
  return { at, notBefore: null, state };
}

describe("lastMovedAt", () => {
  it.each([
    ["never began", [observe(0, 0, "not_started")], null],
    ["began and waits", [observe(0, 0, "not_started"), observe(10, 0)], 10],
    ["moved", [observe(0, 0), observe(10, 1), observe(20, 1)], 10],
    ["turned back after moving", [observe(0, 0), observe(10, 1), observe(30, 1, "rolling_back")], 30],
  ] satisfies [string, Observation[], number | null][])("%s", (_, observations, expected) => {
    expect(lastMovedAt(observations)).toBe(expected);
  });
});
