import { describe, expect, it } from "vitest";

import { judgeWait, parseWaitGoal, type WaitedRollout } from "./wait";

const moving: WaitedRollout = {
  ...{ deploymentId: "d1", status: "in_progress", displayState: "in_progress" },
  ...{ updatedReplicas: 6, totalReplicas: 12, noLongerReportedSince: null },
};
const later = (status: WaitedRollout["status"]) => ({ deploymentId: "d2", status });

describe("how waiting for a rollout ends", () => {
  it.each([
    ["it goes on", moving, null],
    ["done", { ...moving, status: "done", displayState: "done" }, "done"],
    ["done, with too few replicas", { ...moving, status: "done", displayState: "incomplete" }, "failed"],
    ["an error", { ...moving, status: "error", displayState: "error" }, "failed"],
    ["rolling back goes on", { ...moving, status: "rolling_back", displayState: "rolling_back" }, null],
    ["rolled back", { ...moving, status: "rolled_back", displayState: "rolled_back" }, "rolledBack"],
    ["cancelled", { ...moving, status: "cancelled", displayState: "cancelled" }, "cancelled"],
    ["no longer reported", { ...moving, noLongerReportedSince: 5 }, "cannotTell"],
    ["a status of another build", { ...moving, status: "unknown", displayState: "unknown" }, null],
  ] as const)("%s", (_, rollout, outcome) => {
    expect(judgeWait(rollout, "done", rollout)).toBe(outcome);
  });

  it("a later deployment does not answer for it, but takes its place when it is done or alone", () => {
    expect(judgeWait(moving, "done", later("in_progress"))).toBeNull();
    expect(judgeWait(moving, "done", later("done"))).toBe("superseded");
    const removed = { ...moving, noLongerReportedSince: 5 };
    expect(judgeWait(removed, "done", later("in_progress"))).toBe("superseded");
    expect(judgeWait({ ...moving, status: "error", displayState: "error" }, "done", later("done"))).toBe(
      "failed",
    );
  });

  it.each([
    ["50%", "done"],
    ["51%", null],
    ["6", "done"],
    ["7", null],
    ["100%", null],
  ])("6 of 12 replicas until %s", (text, outcome) => {
    expect(judgeWait(moving, parseWaitGoal(text) ?? "done", moving)).toBe(outcome);
  });

  it("counts that are not reported are not far enough, nor is a rollout that goes back", () => {
    expect(judgeWait({ ...moving, updatedReplicas: null }, { replicas: 1 }, moving)).toBeNull();
    expect(judgeWait({ ...moving, totalReplicas: null }, { percent: 1 }, moving)).toBeNull();
    expect(judgeWait({ ...moving, totalReplicas: 0, updatedReplicas: 0 }, { percent: 1 }, moving)).toBeNull();
    expect(judgeWait({ ...moving, status: "rolling_back" }, { percent: 1 }, moving)).toBeNull();
  });
});

it.each(["", "0", "0%", "101%", "soon", "-1", "1.5", "50 %"])("%j is no goal", (text) => {
  expect(parseWaitGoal(text)).toBeNull();
});
