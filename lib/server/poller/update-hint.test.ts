import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { EndpointReport } from "@/lib/domain/endpoint-report";
import { newEndpointState, type UpdateHint } from "@/lib/server/state/endpoint-state";

import { hasUnansweredUpdate, isCovering, takeAnsweredUpdate, takeListedUpdate } from "./update-hint";

const createdAt = 1_000_000;
const deployedAt = 2_000_000;

/** One step: a listing, or a poll of an idle endpoint. */
type Step =
  | { lists: number | null }
  | {
      polls: "same" | "changed";
      reports?: { updatedAt?: number | null; newest?: number | null };
      isActive?: true;
    };

function report({
  updatedAt = deployedAt,
  newest = deployedAt,
}: { updatedAt?: number | null; newest?: number | null } = {}): EndpointReport {
  const state = {
    status: "done",
    reportedStatus: "done",
    updatedReplicas: 1,
    totalReplicas: 1,
    maxUnavailable: null,
    errorMessage: null,
    warnings: [],
  } as const;
  const deployment = {
    deploymentId: "d",
    model: null,
    version: null,
    versionAlias: null,
    createdAt: newest,
    state,
  };
  return {
    endpointId: "a",
    org: null,
    modelArch: null,
    createdAt,
    updatedAt,
    deployments: newest === null ? [] : [deployment],
    warnings: [],
  };
}

function play(...steps: Step[]): UpdateHint {
  let formerTick: number | null = null;
  return steps.reduce((hint, step, index) => {
    const tick = 1_000 * (index + 1);
    if ("lists" in step) {
      const former = formerTick;
      formerTick = tick;
      return takeListedUpdate(hint, { updatedAt: step.lists, askedTick: tick, formerTick: former, at: tick });
    }
    const wasIdle = step.isActive !== true;
    const hasChanged = step.polls === "changed";
    return takeAnsweredUpdate(hint, {
      report: report(step.reports),
      listed: hint.listed,
      wasIdle,
      hasChanged,
      tick,
      at: tick,
    });
  }, newEndpointState("a", 1).hint);
}

const listed: Step = { lists: deployedAt };
const moved: Step = { lists: deployedAt + 60_000 };
const same: Step = { polls: "same" };
const changed: Step = { polls: "changed" };
const unproven: Step = { polls: "same", reports: { newest: null } };
const moves = (times: number): Step[] =>
  Array.from({ length: times }, (_, nth) => [{ lists: deployedAt + nth + 1 }, same]).flat();

describe("the hint of a listing", () => {
  it.each<
    [
      string,
      Step[],
      boolean,
      UpdateHint["failure"] extends infer F ? (F extends { reason: infer R } ? R : null) | null : never,
    ]
  >([
    ["is not trusted before the first poll", [listed], false, null],
    ["is proven by a reply whose update covers its newest deployment", [listed, same], true, null],
    ["is not proven by a reply without deployments", [listed, unproven], false, null],
    [
      "is not proven by an update as old as the endpoint",
      [{ lists: createdAt }, { polls: "same", reports: { updatedAt: createdAt, newest: createdAt } }],
      false,
      null,
    ],
    [
      "is not proven by a listing that disagrees with the reply",
      [{ lists: deployedAt - 1 }, same],
      false,
      null,
    ],
    ["is not proven without a time in the listing", [{ lists: null }, same], false, null],
    [
      "failed if the newest deployment is younger",
      [listed, { polls: "same", reports: { newest: deployedAt + 60_000 } }],
      false,
      "older_than_deployment",
    ],
    [
      "allows a deployment a moment younger",
      [listed, { polls: "same", reports: { newest: deployedAt + 1_000 } }],
      true,
      null,
    ],
    ["covers until the poll that its move causes", [listed, same, moved], true, null],
    ["is proven by a change after a move", [listed, unproven, moved, changed], true, null],
    ["waits for the next listing after a change without a move", [listed, same, changed], false, null],
    ["is proven if that listing has moved", [listed, same, changed, moved, same], true, null],
    ["failed if that listing has not moved", [listed, same, changed, listed], false, "unmoved"],
    ["is never trusted again", [listed, same, changed, listed, same, moved, changed], false, "unmoved"],
    [
      "is not judged by changes during a rollout",
      [listed, same, { polls: "changed", isActive: true }, listed],
      true,
      null,
    ],
    ["does not cover an endpoint that is no longer listed", [listed, same, { lists: null }], false, null],
    ["allows some moves without a change", [listed, same, ...moves(4)], true, null],
    ["failed if it keeps moving without a change", [listed, same, ...moves(5)], false, "false_alarms"],
  ])("%s", (_, steps, covers, reason) => {
    const hint = play(...steps);
    expect(isCovering(hint)).toBe(covers);
    expect(hint.failure?.reason ?? null).toBe(reason);
  });

  it("asks for a poll when it moves, until it is answered, and not after it failed", () => {
    expect(hasUnansweredUpdate(play(listed))).toBe(false);
    expect(hasUnansweredUpdate(play(listed, same))).toBe(false);
    expect(hasUnansweredUpdate(play(listed, same, moved))).toBe(true);
    expect(hasUnansweredUpdate(play(listed, unproven, moved))).toBe(true);
    expect(hasUnansweredUpdate(play(listed, same, moved, changed))).toBe(false);
    expect(hasUnansweredUpdate(play(listed, same, changed, listed, moved))).toBe(false);
  });

  it("counts from the last listing that had not moved", () => {
    expect(play(listed, same, listed, moved, moved).heldUntil).toBe(3_000);
    expect(play(listed, same, listed, moved, changed).heldUntil).toBeNull();
  });

  it("never covers an endpoint that changed unseen, whatever follows", () => {
    const step = fc.oneof(
      fc.constantFrom<Step>(same, changed, { polls: "changed", isActive: true }),
      fc.integer({ min: 0, max: 3 }).map((nth): Step => ({ lists: deployedAt + nth })),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), fc.array(step, { maxLength: 8 }), (before, after) => {
        const unseen: Step[] = [listed, same, changed, listed];
        expect(isCovering(play(...before, ...unseen, ...after))).toBe(false);
      }),
    );
  });
});
