import { describe, expect, it } from "vitest";
import * as z from "zod/mini";

import { endpointViewSchema } from "@/lib/contract/endpoint-view";
import { usualDeadline } from "@/lib/domain/past-rollout";
import type { RolloutState } from "@/lib/domain/endpoint-report";
import type { Rollout } from "@/lib/domain/rollout";
import { observation, rollout as rolloutOf } from "@/lib/domain/testing/rollouts";
import { newEndpointState } from "@/lib/server/state/endpoint-state";

import { toEndpointView } from "./to-endpoint-view";

const live = { state: "live", observedAt: 9_000, cause: null } as const;

function rollout(
  deploymentId: string,
  createdAt: number,
  changes: Partial<RolloutState> = {},
  removed = false,
): Rollout {
  return rolloutOf([observation(createdAt, { updatedReplicas: 7, ...changes })], {
    ...{ deploymentId, version: deploymentId, createdAt },
    removed: removed ? { since: 8_000, lastSeenAt: 7_000 } : null,
  });
}

const habit = { pasts: [], deadline: usualDeadline };

function viewOf(rollouts: Rollout[]) {
  const facts = {
    endpointId: "a",
    org: "acme",
    modelArch: "m",
    createdAt: 0,
    updatedAt: 0,
    warnings: [],
    removedSince: null,
  };
  const picture = { facts, rollouts, span: { from: 0, until: 9_000, brokenBy: null } };
  return toEndpointView({ ...newEndpointState("a", 5_000), picture, observedTick: 0 }, live, [], habit);
}

describe("the view of an endpoint", () => {
  it("keeps its contract, and says what was reported", () => {
    const view = viewOf([rollout("8", 1_000)]);
    expect(endpointViewSchema.parse(z.encode(endpointViewSchema, view))).toEqual(view);
    expect(view).toMatchObject({
      current: "8",
      rollouts: [{ updatedReplicas: 7, totalReplicas: 12, guaranteedReplicas: 10, conditions: [] }],
      freshness: { state: "live", observedAt: 9_000 },
    });
  });

  it("keeps its contract before the first observation", () => {
    const view = toEndpointView(
      newEndpointState("a", 5_000),
      { state: "delayed", observedAt: null, cause: null },
      [],
      habit,
    );
    expect(endpointViewSchema.parse(view)).toMatchObject({ current: null, rollouts: [] });
  });

  it("puts the newest rollout first, whatever the order of the reply", () => {
    const view = viewOf([rollout("7", 1_000, { status: "done" }), rollout("9", 3_000), rollout("8", 2_000)]);
    expect(view.rollouts.map(({ deploymentId }) => deploymentId)).toEqual(["9", "8", "7"]);
    expect(view.current).toBe("9");
  });

  it("says that two rollouts overlap", () => {
    const view = viewOf([rollout("8", 1_000), rollout("9", 2_000)]);
    expect(view.rollouts.map(({ conditions }) => conditions.map(({ code }) => code))).toEqual([
      ["overlapping"],
      ["overlapping"],
    ]);
  });

  it("keeps a rollout that vanished without ending, with its last status", () => {
    const view = viewOf([rollout("8", 2_000, {}, true), rollout("7", 1_000, { status: "done" })]);
    expect(view.current).toBe("7");
    expect(view.rollouts[0]).toMatchObject({
      deploymentId: "8",
      status: "in_progress",
      noLongerReportedSince: 8_000,
    });
  });

  it("forgets one that vanished after it ended, or before something newer", () => {
    const ended = rollout("9", 3_000, { status: "done" }, true);
    const older = rollout("6", 500, {}, true);
    const view = viewOf([ended, rollout("8", 2_000), older]);
    expect(view.rollouts.map(({ deploymentId }) => deploymentId)).toEqual(["8"]);
  });

  it("shows the last known rollout when nothing is deployed any more", () => {
    const view = viewOf([rollout("8", 2_000, { status: "done" }, true)]);
    expect(view.current).toBeNull();
    expect(view.rollouts).toHaveLength(1);
  });

  it("holds at most ten ended rollouts, and every one that has not ended", () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      rollout(String(index), index, index % 2 === 0 ? { status: "done" } : {}),
    );
    const statuses = viewOf(many).rollouts.map(({ status }) => status);
    expect(statuses.filter((status) => status === "done")).toHaveLength(10);
    expect(statuses.filter((status) => status === "in_progress")).toHaveLength(20);
  });
});
