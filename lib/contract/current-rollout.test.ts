import { describe, expect, it } from "vitest";

import { rolloutDisplay } from "@/lib/domain/testing/rollout-display";

import {
  currentRollout,
  featuredRollouts,
  formerVersion,
  timelineEnd,
  toRolloutRows,
} from "./current-rollout";
import type { RolloutView } from "./rollout-view";

function view(deploymentId: string, change: Partial<RolloutView> = {}): RolloutView {
  return {
    ...rolloutDisplay({ version: deploymentId }),
    displayState: "in_progress",
    deploymentId,
    ...{ model: null, versionAlias: null, maxUnavailable: 2, guaranteedReplicas: 10 },
    ...{ errorSince: null, conditions: [], warnings: [], createdAt: 1_000, firstObservedAt: 2_000 },
    ...change,
  };
}

const done = { status: "done", endedAt: 5_000 } as const;
const idsOf = (rollouts: readonly { deploymentId: string }[]) =>
  rollouts.map(({ deploymentId }) => deploymentId);

describe("an endpoint's page", () => {
  it("is about the current rollout, and draws others that are under way beside it", () => {
    const rollouts = [view("9", done), view("8"), view("7", done), view("6")];
    expect(idsOf(featuredRollouts({ rollouts, current: "9" }))).toEqual(["9", "8", "6"]);
    expect(currentRollout({ rollouts, current: "9" })?.deploymentId).toBe("9");
  });

  it("does not draw a rollout that is no longer reported, however its last state was", () => {
    const rollouts = [view("9"), view("8", { noLongerReportedSince: 4_000 })];
    expect(idsOf(featuredRollouts({ rollouts, current: "9" }))).toEqual(["9"]);
  });

  it("is about nothing when nothing is deployed, and about the newest where the current one is unknown", () => {
    expect(currentRollout({ rollouts: [], current: null })).toBeNull();
    expect(currentRollout({ rollouts: [view("9"), view("8")], current: null })?.deploymentId).toBe("9");
  });

  it("names the version before: the next older one that was done", () => {
    const rollouts = [view("9"), view("8", { status: "error" }), view("7", done), view("6", done)];
    expect(rollouts.map((rollout) => formerVersion({ rollouts }, rollout))).toEqual(["7", "7", "6", null]);
  });
});

describe("a rollout's timeline", () => {
  it.each([
    ["its end", done, 5_000],
    ["the moment it was removed", { noLongerReportedSince: 4_000 }, 4_000],
    ["the first observation if it had ended before", { status: "done", endedAt: null }, 2_000],
    ["nothing while it lasts", {}, null],
  ] as const)("ends at %s", (_, change, expected) => {
    expect(timelineEnd(view("8", change))).toBe(expected);
  });
});

describe("the list of rollouts", () => {
  const row = (deploymentId: string, change: Partial<RolloutView> = {}) => ({
    ...view(deploymentId, change),
    ...{ previousVersion: "recorded", lowestGuaranteedReplicas: 3, usualSeconds: 60 },
  });

  it("shows recorded rows in their present state, below those that are not recorded yet", () => {
    const rollouts = [view("9", { createdAt: 9_000 }), view("8", { createdAt: 8_000, updatedReplicas: 12 })];
    const rows = toRolloutRows({ rollouts }, [
      row("8", { createdAt: 8_000 }),
      row("7", { createdAt: 7_000 }),
    ]);
    expect(rows).toMatchObject([
      { deploymentId: "9", usualSeconds: null },
      { deploymentId: "8", updatedReplicas: 12, previousVersion: "recorded" },
      { deploymentId: "7", updatedReplicas: 7 },
    ]);
  });

  it("does not add an old rollout of the endpoint's answer to a page of older ones", () => {
    const rollouts = [view("2", { createdAt: 2_000 })];
    expect(idsOf(toRolloutRows({ rollouts }, [row("3", { createdAt: 3_000 })]))).toEqual(["3"]);
    expect(idsOf(toRolloutRows({ rollouts }, []))).toEqual(["2"]);
  });
});
