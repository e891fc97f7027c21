import fc from "fast-check";
import { expect, test } from "vitest";

import type { Gap } from "./gap";
import { agreeWithLatest } from "./latest-counts";
import type { Point } from "./point";

const counts = { status: "in_progress", totalReplicas: 12, maxUnavailable: 2 } as const;
const point = (from: number, until: number, updatedReplicas: number): Point => ({
  ...counts,
  from,
  until,
  updatedReplicas,
});
const latest = (updatedReplicas: number, seenAt: number, isLive = true) => ({
  counts: { ...counts, updatedReplicas },
  seenAt,
  isLive,
});
const noCause = { cause: null };

test("recorded points with the latest counts stay as they are", () => {
  const recorded = { points: [point(0, 10, 3), point(10, 20, 4)], gaps: [] };
  expect(agreeWithLatest(recorded, latest(4, 25))).toEqual(recorded);
});

test("counts newer than the recorded ones begin when they were seen", () => {
  const { points } = agreeWithLatest({ points: [point(0, 10, 3)], gaps: [] }, latest(4, 15));
  expect(points).toEqual([point(0, 10, 3), point(15, 15, 4)]);
});

test("recorded points newer than the latest counts are left out", () => {
  const recorded = { points: [point(0, 10, 3), point(10, 20, 4)], gaps: [] };
  expect(agreeWithLatest(recorded, latest(3, 8)).points).toEqual([point(0, 10, 3)]);
});

test("a closed gap ends where the endpoint was seen again, with the counts of that moment", () => {
  const recorded = { points: [point(0, 10, 3)], gaps: [{ from: 10, until: null, ...noCause }] };
  expect(agreeWithLatest(recorded, latest(3, 30))).toEqual({
    points: [point(0, 10, 3), point(30, 30, 3)],
    gaps: [{ from: 10, until: 30, ...noCause }],
  });
  expect(agreeWithLatest(recorded, latest(3, 10, false))).toEqual(recorded);
});

test("a gap newer than the endpoint's answer is left out", () => {
  const recorded = { points: [point(0, 10, 3)], gaps: [{ from: 10, until: null, ...noCause }] };
  expect(agreeWithLatest(recorded, latest(3, 10)).gaps).toEqual([]);
});

test("the last point always has the latest counts, points are in order, and no gap is open while live", () => {
  const recorded = fc
    .array(fc.record({ length: fc.integer({ min: 1, max: 9 }), updated: fc.nat(12), isGap: fc.boolean() }), {
      minLength: 1,
      maxLength: 20,
    })
    .map((stretches) => {
      const points: Point[] = [];
      const gaps: Gap[] = [];
      let at = 0;
      for (const { length, updated, isGap } of stretches) {
        points.push(point(at, at + length, updated));
        at += length;
        if (isGap) gaps.push({ from: at, until: (at += 5), ...noCause });
      }
      const last = gaps.at(-1);
      if (last?.until === at) gaps[gaps.length - 1] = { ...last, until: null };
      return { points, gaps, at };
    });
  fc.assert(
    fc.property(recorded, fc.nat(12), fc.nat(40), ({ points, gaps, at }, updated, later) => {
      const seenAt = at - 20 + later;
      const agreed = agreeWithLatest({ points, gaps }, latest(updated, seenAt));
      expect(agreed.points.at(-1)?.updatedReplicas).toBe(updated);
      const starts = agreed.points.map(({ from }) => from);
      expect(starts).toEqual(starts.toSorted((a, b) => a - b));
      expect(agreed.gaps.every(({ until }) => until !== null && until <= Math.max(seenAt, at))).toBe(true);
    }),
  );
});
