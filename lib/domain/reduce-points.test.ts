import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Point } from "./point";
import { reducePoints } from "./reduce-points";

const most = 60;
const runs = { numRuns: 40, endOnFailure: true };
const counts = ["updatedReplicas", "totalReplicas", "maxUnavailable"] as const;
const count = fc.option(fc.integer({ min: 0, max: 50 }), { freq: 400 });

/** Points a second apart, which hold for most of it; now and then there is a gap of some seconds. */
const timeline = fc
  .array(
    fc.record({
      status: fc.constantFrom(
        ...Array.from({ length: 80 }, () => "in_progress" as const),
        "not_started" as const,
      ),
      updatedReplicas: count,
      totalReplicas: count,
      maxUnavailable: count,
      pause: fc.constantFrom(...Array.from({ length: 150 }, () => 0), 5_000),
    }),
    { maxLength: 400, size: "max" },
  )
  .map((states) => {
    const points: Point[] = [];
    const gaps: { from: number; until: number }[] = [];
    let at = 1_000;
    for (const { pause, ...state } of states) {
      points.push({ ...state, from: at, until: at + 800 });
      if (pause > 0) gaps.push({ from: at + 800, until: at + 1_000 + pause });
      at += 1_000 + pause;
    }
    return { points, gaps };
  });

/** The indexes after which the status changes. */
function turns(points: readonly Point[]): string[] {
  return points.flatMap(({ status, from }, nth) => {
    const former = points[nth - 1];
    return former === undefined || former.status === status
      ? []
      : [`${former.status} → ${status} at ${from}`];
  });
}

function extremes(points: readonly Point[]) {
  return counts.map((each) => {
    const known = points.flatMap((point) => point[each] ?? []);
    return [Math.min(...known), Math.max(...known)];
  });
}

describe("reducing points", () => {
  it("keeps a small number of points unchanged", () => {
    fc.assert(
      fc.property(timeline, ({ points, gaps }) => {
        expect(reducePoints(points, gaps, 1_000)).toEqual(points);
      }),
      runs,
    );
  });

  it("keeps beginning, end, extremes, every change of status and both sides of every gap, in order", () => {
    fc.assert(
      fc.property(timeline, ({ points, gaps }) => {
        const reduced = reducePoints(points, gaps, most);
        expect(reduced.map(({ from }) => from)).toEqual(
          reduced.map(({ from }) => from).toSorted((a, b) => a - b),
        );
        expect(reduced[0]?.from).toBe(points[0]?.from);
        expect(reduced.at(-1)?.until).toBe(points.at(-1)?.until);
        expect(extremes(reduced)).toEqual(extremes(points));
        expect(turns(reduced)).toEqual(turns(points));
        for (const { from, until } of gaps.filter(({ until: end }) => end <= (points.at(-1)?.from ?? 0))) {
          expect(reduced.some((point) => point.until === from)).toBe(true);
          expect(reduced.some((point) => point.from === until)).toBe(true);
        }
      }),
      runs,
    );
  });

  it("neither invents time nor covers a gap, and leaves out no watched time", () => {
    fc.assert(
      fc.property(timeline, ({ points, gaps }) => {
        const reduced = reducePoints(points, gaps, most);
        const states = new Map(points.map((point) => [point.from, point]));
        for (const point of reduced) {
          expect(point).toMatchObject({ ...states.get(point.from), until: point.until });
          for (const gap of gaps) expect(point.until <= gap.from || point.from >= gap.until).toBe(true);
        }
        for (const { from, until } of points)
          expect(reduced.some((kept) => kept.from <= from && kept.until >= until)).toBe(true);
      }),
      runs,
    );
  });

  it("reduces to the requested number where nothing must be kept", () => {
    const points = Array.from({ length: 200_000 }, (_, nth): Point => {
      const updatedReplicas = nth % 100;
      const state = {
        status: "in_progress" as const,
        updatedReplicas,
        totalReplicas: 100,
        maxUnavailable: 5,
      };
      return { ...state, from: nth * 1_000, until: nth * 1_000 + 900 };
    });
    const reduced = reducePoints(points, [], 2_000);
    expect(reduced.length).toBeLessThanOrEqual(2_000);
    expect(reduced.length).toBeGreaterThan(900);
    expect(reducePoints(reduced, [], 2_000)).toEqual(reduced);
  });
});
