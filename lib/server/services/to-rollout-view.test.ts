import { describe, expect, it } from "vitest";

import type { Condition } from "@/lib/domain/condition";
import type { RolloutState } from "@/lib/domain/endpoint-report";
import type { RolloutFacts } from "@/lib/domain/rollout";

import { toRolloutView } from "./to-rollout-view";

const facts: RolloutFacts = {
  deploymentId: "d8",
  model: null,
  version: "8",
  versionAlias: null,
  createdAt: 1_000,
  firstObservedAt: 2_000,
  endedAt: null,
  errorSince: null,
  removed: null,
};

const state: RolloutState = {
  status: "in_progress",
  reportedStatus: "in_progress",
  updatedReplicas: 7,
  totalReplicas: 12,
  maxUnavailable: 2,
  errorMessage: null,
  warnings: [],
};

const stalled: Condition = {
  ...{ code: "stalled", since: 3_000, idleFor: 600_000, from: 603_000 },
  ...{ usual: null, perReplica: null, isCounted: true },
};

function viewOf(change: Partial<RolloutFacts>, changed: Partial<RolloutState> = {}, conditions = [stalled]) {
  const observation = { at: 2_000, notBefore: null, state: { ...state, ...changed } };
  return toRolloutView({ ...facts, ...change }, observation, { conditions, timeLeft: null });
}

describe("the view of a rollout", () => {
  it.each([
    ["when it was requested", { createdAt: 1_000 }, 1_000],
    ["when it was first observed, if the API does not say", { createdAt: null }, 2_000],
    ["when it was first observed, if the API names a later moment", { createdAt: 5_000 }, 2_000],
  ])("says that it started %s", (_, change, startedAt) => {
    expect(viewOf(change).startedAt).toBe(startedAt);
  });

  it.each([
    ["is null while it lasts", null, null],
    ["is the first observation after it", 4_000, 4_000],
    ["is null if it had ended before the first observation, or a corrected clock says so", 2_000, null],
  ])("has an end that %s", (_, endedAt, seen) => {
    expect(viewOf({ endedAt }, { status: "done" }).endedAt).toBe(seen);
  });

  it("sharpens the status by what Rollcall concludes", () => {
    expect(viewOf({}).displayState).toBe("stalled");
    expect(viewOf({}, {}, []).displayState).toBe("in_progress");
    expect(viewOf({}, { status: "done" }).displayState).toBe("incomplete");
    expect(viewOf({ removed: { since: 6_000, lastSeenAt: 5_000 } })).toMatchObject({
      displayState: "removed",
      noLongerReportedSince: 6_000,
    });
  });
});
