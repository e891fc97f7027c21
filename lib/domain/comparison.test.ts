import { describe, expect, it } from "vitest";

import { toChart, type Chart } from "./chart";
import { toComparison, toProgress, withRoomFor } from "./comparison";
import { minute } from "./instant";
import type { Point } from "./point";

/** A chart of a rollout that began at `startedAt`, was first seen at `seenAt` and gained a replica every minute. */
function chartOf(
  startedAt: number,
  seenAt: number,
  counts: readonly number[],
  range: { from: number; until: number } | null = null,
): Chart {
  const points = counts.map((updatedReplicas, index): Point => ({
    from: seenAt + index * minute,
    until: seenAt + (index + 1) * minute,
    status: "in_progress",
    updatedReplicas,
    totalReplicas: 4,
    maxUnavailable: 1,
  }));
  const endedAt = seenAt + counts.length * minute;
  const chart = toChart({
    ...{ points, gaps: [], transitions: [], startedAt, endedAt, isSettled: true, range },
    seenUntil: endedAt,
    present: endedAt + minute * 60,
  });
  if (chart === null) throw new Error("The chart is empty.");
  return chart;
}

describe("a comparison", () => {
  it("aligns both rollouts at their starts", () => {
    const shown = { chart: chartOf(0, 0, [0, 1, 2]), startedAt: 0 };
    const other = { chart: chartOf(1_000 * minute, 1_000 * minute, [0, 2, 4]), startedAt: 1_000 * minute };
    const vertices = toComparison(shown, other);
    expect(vertices.find(({ updated }) => updated === 2)?.elapsed).toBe(minute);
    expect(vertices.find(({ updated }) => updated === 4)?.elapsed).toBe(2 * minute);
  });

  it("aligns at the start even where the other was first seen long after it", () => {
    const shown = { chart: chartOf(0, 0, [0, 1, 2]), startedAt: 0 };
    const late = chartOf(0, 100 * minute, [1, 2]);
    expect(late.isCutAtStart).toBe(true);
    expect(toComparison(shown, { chart: late, startedAt: 0 })[0]?.elapsed).toBe(100 * minute);
  });

  it("within a range begins with the counts at the start of the range", () => {
    const range = { from: 1.5 * minute, until: 3 * minute };
    const shown = { chart: chartOf(0, 0, [0, 1, 2], range), startedAt: 0 };
    const vertices = toComparison(shown, { chart: chartOf(0, 0, [0, 3, 4]), startedAt: 0 });
    expect(vertices[0]).toMatchObject({ elapsed: 0, updated: 3 });
    expect(vertices.every(({ elapsed }) => elapsed >= 0)).toBe(true);
    expect(withRoomFor(shown.chart, vertices).extent).toBe(shown.chart.extent);
  });

  it("enlarges the chart for a longer and higher curve, and only then", () => {
    const short = chartOf(0, 0, [0, 1]);
    const long = chartOf(0, 0, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const roomy = withRoomFor(short, long.vertices);
    expect(roomy.extent).toBe(Math.max(...long.vertices.map(({ elapsed }) => elapsed)));
    expect(roomy.top).toBeGreaterThan(9);
    expect(roomy.elapsedTicks.at(-1)).toBeLessThanOrEqual(roomy.extent);
    expect(withRoomFor(long, short.vertices)).toBe(long);
  });
});

describe("beside a rollout that is not over", () => {
  const running = { ...chartOf(0, 0, [0, 1, 2, 3]), present: 4 * minute, extent: 4 * minute };
  const longer = (minutes: number) =>
    chartOf(
      0,
      0,
      Array.from({ length: minutes }, () => 2),
    ).vertices;

  it("the present stays where it is, and the other goes on after it", () => {
    const other = longer(10);
    const roomy = withRoomFor(running, other);
    expect(roomy).toMatchObject({ present: 4 * minute, extent: other.at(-1)?.elapsed });
    expect(roomy.elapsedTicks).not.toContain(4 * minute);
  });

  it("a much longer one leaves it a quarter of the width", () => {
    expect(withRoomFor(running, longer(90)).extent).toBe(16 * minute);
  });
});

describe("a range", () => {
  it("shows the points within it, and everything where it contains none", () => {
    const whole = chartOf(0, 0, [0, 1, 2, 3]);
    const part = chartOf(0, 0, [0, 1, 2, 3], { from: minute, until: 2.5 * minute });
    expect(part).toMatchObject({ isRange: true, startedAt: minute, extent: 1.5 * minute });
    expect(part.vertices[0]).toMatchObject({ elapsed: 0 });
    expect(chartOf(0, 0, [0, 1, 2, 3], { from: -9 * minute, until: -8 * minute })).toEqual(whole);
  });
});

describe("how far ahead a rollout is", () => {
  const from = (startedAt: number, counts: readonly number[]) =>
    chartOf(startedAt, startedAt, counts).vertices;

  it.each([
    ["behind", [0, 1, 1, 2], [0, 2, 3, 4], 3, { own: 2, other: 4, sooner: -2 * minute }],
    ["ahead", [0, 2, 3, 4], [0, 1, 1, 2], 1, { own: 2, other: 1, sooner: 2 * minute }],
    ["level", [0, 1, 2], [0, 1, 2], 2, { own: 2, other: 2, sooner: 0 }],
    ["where nothing has moved", [0, 0], [0, 1], 1, { own: 0, other: 1, sooner: null }],
    ["further than the other ever came", [0, 4], [0, 1], 1, { own: 4, other: 1, sooner: null }],
  ] as const)("%s", (_, own, other, at, expected) => {
    const vertices = from(500 * minute, other);
    expect(toProgress({ vertices: from(0, own) }, vertices, at * minute)).toMatchObject({
      ...expected,
      totals: { own: 4, other: 4 },
    });
  });
});
