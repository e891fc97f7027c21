import { expect, test } from "vitest";

import type { Vertex } from "./series";
import { toStepArea, toStepLine } from "./step-path";

function vertex(elapsed: number, updated: number | null, total: number | null = 10): Vertex {
  return { elapsed, updated, total, guaranteed: total === null ? null : total - 2 };
}

const scale = { extent: 100, top: 10 };
const updated = (one: Vertex) => one.updated;

test("a count holds until the next one", () => {
  const vertices = [vertex(0, 0), vertex(50, 5), vertex(100, 5)];
  expect(toStepLine(vertices, updated, scale)).toBe("M0 1000L500 1000L500 500L1000 500");
});

test("a missing count interrupts the line", () => {
  const vertices = [vertex(0, 5), vertex(20, null), vertex(60, 10), vertex(100, 10)];
  expect(toStepLine(vertices, updated, scale)).toBe("M0 500L200 500M600 0L1000 0");
});

test("an area goes back along the axis, or along the lower curve", () => {
  const vertices = [vertex(0, 5), vertex(100, 5)];
  expect(toStepArea(vertices, updated, scale)).toBe("M0 500L1000 500L1000 1000L0 1000Z");
  expect(
    toStepArea(
      vertices,
      ({ total }) => total,
      scale,
      ({ guaranteed }) => guaranteed,
    ),
  ).toBe("M0 0L1000 0L1000 200L0 200Z");
});

test("counts beyond the chart stay on its edge", () => {
  expect(toStepLine([vertex(0, 20), vertex(100, -3)], updated, scale)).toBe("M0 0L1000 0L1000 1000");
});

test("without counts nothing is drawn", () => {
  expect(toStepLine([vertex(0, null), vertex(100, null)], updated, scale)).toBe("");
  expect(toStepArea([], updated, scale)).toBe("");
});
