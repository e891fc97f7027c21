import fc from "fast-check";
import { expect, test } from "vitest";

import { reducePoints } from "@/lib/domain/reduce-points";

import { applyRolloutDelta, toRolloutAddress, toRolloutDelta } from "./rollout-delta";
import type { RolloutDetail } from "./rollout-detail";

const [mostPoints, mostTransitions] = [30, 20];

const base: Omit<RolloutDetail, "points" | "gaps" | "transitions" | "transitionsTotal"> = {
  endpointId: "acme",
  rollout: {
    ...{ deploymentId: "d1", model: null, version: "8", versionAlias: null, createdAt: null },
    ...{ status: "in_progress", displayState: "in_progress", reportedStatus: "in_progress" },
    ...{ updatedReplicas: 1, totalReplicas: 12, maxUnavailable: 2, guaranteedReplicas: 10 },
    ...{ errorMessage: null, errorSince: null, timeLeft: null, conditions: [], warnings: [] },
    ...{ firstObservedAt: 0, startedAt: 0, endedAt: null, noLongerReportedSince: null },
    ...{ previousVersion: null, lowestGuaranteedReplicas: 10, usualSeconds: null },
  },
  ...{ older: null, newer: null, lastDone: null, conclusions: [], observedAt: null, build: "b" },
};

type Step = { count: number; pause: number };

/** The answer after these steps, reduced as the server reduces it; `held` is how long the last count has held. */
function detailOf(steps: readonly Step[], held: number): RolloutDetail {
  let at = 0;
  const gaps: RolloutDetail["gaps"] = [];
  const points = steps.map(({ count, pause }, nth) => {
    const from = at;
    const until = from + (nth === steps.length - 1 ? held : 1_000);
    if (pause > 0) gaps.push({ from: until, until: until + pause, cause: null });
    at = until + pause;
    const counts = { updatedReplicas: count, totalReplicas: 12, maxUnavailable: 2 };
    return { ...{ from, until, status: "in_progress" as const }, ...counts };
  });
  const transitions = points.map(({ from, updatedReplicas: to }, nth) => {
    const changes = [{ field: "updatedReplicas" as const, from: nth, to }];
    return { after: nth === 0 ? null : from - 500, before: from, changes };
  });
  return {
    ...base,
    points: reducePoints(points, gaps, mostPoints),
    gaps,
    transitions: transitions.slice(-mostTransitions),
    transitionsTotal: transitions.length,
  };
}

const step = fc.record({ count: fc.integer({ min: 0, max: 12 }), pause: fc.constantFrom(0, 0, 0, 9_000) });
/** Also exactly as long as until the next count. */
const held = fc.constantFrom(0, 400, 1_000);
const steps = fc.array(step, { minLength: 1, maxLength: 90 });

test("what is known with what changed is the whole rollout, also of a reduced one", () => {
  fc.assert(
    fc.property(steps, steps, held, held, (first, more, heldThere, heldHere) => {
      const former = detailOf(first, heldThere);
      const next = detailOf([...first, ...more], 700);
      const delta = toRolloutDelta(former, next, "one");
      // The client asked a few polls earlier or later: by its ETag the same answer, but the last count held longer.
      const points = former.points.map((point, nth) =>
        nth === former.points.length - 1 ? { ...point, until: point.from + heldHere } : point,
      );
      expect(applyRolloutDelta({ ...former, points }, delta)).toEqual(next);
    }),
  );
});

test("so is it after history has become another one", () => {
  fc.assert(
    fc.property(steps, steps, (first, other) => {
      const [former, next] = [detailOf(first, 500), detailOf(other, 500)];
      expect(applyRolloutDelta(former, toRolloutDelta(former, next, "one"))).toEqual(next);
    }),
  );
});

test("one more count of a long rollout is one more point and one more transition", () => {
  const first = Array.from({ length: 20 }, (_, nth) => ({ count: nth % 12, pause: 0 }));
  const more = [...first, { count: 11, pause: 0 }];
  const delta = toRolloutDelta(detailOf(first, 1_000), detailOf(more, 0), "one");
  expect([delta.points, delta.transitions].map(({ length }) => length)).toEqual([2, 1]);
});

test("an answer with the whole rollout is returned unchanged", () => {
  const whole = detailOf([{ count: 1, pause: 0 }], 1_000);
  expect(applyRolloutDelta(whole, whole)).toBe(whole);
});

test("only a long rollout is asked for what changed", () => {
  const long = Array.from({ length: 90 }, (_, nth) => ({ count: nth % 12, pause: 9_000 }));
  const known = { etag: 'W/"a"', body: detailOf(long, 0) };
  expect(toRolloutAddress("/r", known)).toBe("/r?since=W%2F%22a%22");
  expect(toRolloutAddress("/r", { ...known, body: detailOf(long.slice(0, 5), 0) })).toBe("/r");
  expect(toRolloutAddress("/r", undefined)).toBe("/r");
});
