import { describe, expect, it } from "vitest";

import type { RolloutState } from "./endpoint-report";
import type { Observation } from "./observation";
import { lastMovedAt, medianTimePerReplica } from "./rollout-speed";
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

describe("medianTimePerReplica", () => {
  it.each([
    ["nothing has moved", [observe(0, 0)], null],
    ["one replica a minute", [observe(0, 0), observe(60, 1), observe(120, 2)], 60],
    ["three replicas in one step count as three thirds", [observe(0, 0), observe(90, 3)], 30],
    ["one long pause does not move it", [observe(0, 0), observe(10, 1), observe(20, 2), observe(900, 3)], 10],
    [
      "an even number of waits lies between the middle two",
      [observe(0, 0), observe(10, 1), observe(30, 2)],
      15,
    ],
    [
      "time before it began does not count",
      [observe(0, 0, "not_started"), observe(1_000, 0), observe(1_010, 1)],
      10,
    ],
    ["a count that appears is no movement", [observe(0, null), observe(50, 4), observe(60, 5)], 60],
  ] satisfies [string, Observation[], number | null][])("%s", (_, observations, expected) => {
    expect(medianTimePerReplica(observations)).toBe(expected);
  });
});

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
