import { expect, test } from "vitest";

import { minute } from "@/lib/domain/instant";
import { usualDeadline } from "@/lib/domain/past-rollout";
import { observation, rollout as rolloutOf } from "@/lib/domain/testing/rollouts";
import { conditionSentence } from "@/lib/presentation/condition-sentence";
import { newEndpointState, type EndpointPicture } from "@/lib/server/state/endpoint-state";

import { toConclusionsByDeployment } from "./conditions-of";
import { toEndpointView } from "./to-endpoint-view";

function rollout(deploymentId: string, status: "in_progress" | "done", updatedReplicas: number) {
  const createdAt = Number(deploymentId) * minute;
  return rolloutOf([observation(createdAt, { status, updatedReplicas })], {
    ...{ deploymentId, version: deploymentId, createdAt },
  });
}

const picture: EndpointPicture = {
  facts: {
    ...{ endpointId: "a", org: null, modelArch: null, createdAt: null, updatedAt: null },
    ...{ firstSeenAt: 0, removedSince: null, warnings: [] },
  },
  rollouts: [rollout("3", "in_progress", 5), rollout("2", "in_progress", 4), rollout("1", "done", 12)],
  span: { from: 0, until: 60 * minute, brokenBy: null },
};

const habit = { pasts: [], deadline: usualDeadline };

test("a rollout has the same conditions wherever it is listed", () => {
  const conclusions = toConclusionsByDeployment(picture, habit);
  const codesOf = (id: string) => conclusions.get(id)?.conditions.map(({ code }) => code);
  expect(codesOf("3")).toEqual(["stalled", "overlapping"]);
  expect(codesOf("2")).toEqual(["stalled", "overlapping"]);
  expect(codesOf("1")).toEqual([]);
  expect(toConclusionsByDeployment(null, habit).size).toBe(0);
  const live = { state: "live", observedAt: 60 * minute, cause: null } as const;
  const view = toEndpointView({ ...newEndpointState("a", 5_000), picture }, live, [], habit);
  expect(view.rollouts).toHaveLength(3);
  for (const { deploymentId, conditions: listed } of view.rollouts)
    expect(listed.map(({ message }) => message)).toEqual(
      conclusions.get(deploymentId)?.conditions.map(conditionSentence),
    );
});
