import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { minute, second } from "./instant";
import { columnsFor, isLoud, mostAtOnce, takeTurn } from "./wall";

const now = Date.UTC(2026, 10, 24, 14, 2);

describe("what takes the space", () => {
  it.each([
    ["in_progress", true],
    ["error", true],
    ["stalled", true],
    ["rolling_back", true],
    ["not_started", true],
    ["unknown", true],
    ["done", false],
    ["rolled_back", false],
    ["cancelled", false],
    ["nothing", false],
    ["gone", false],
  ] as const)("%s: %j", (standing, expected) => {
    expect(isLoud({ standing, changedAt: now - 10 * minute, isAcknowledged: false }, now)).toBe(expected);
  });

  it("is no failure that somebody has acknowledged", () => {
    expect(isLoud({ standing: "error", changedAt: now, isAcknowledged: true }, now)).toBe(false);
  });

  const done = (changedAt: number | null) =>
    ({ standing: "done", changedAt, isAcknowledged: false }) as const;

  it("is what was done within the last minute", () => {
    expect(isLoud(done(now - 59 * second), now)).toBe(true);
    expect(isLoud(done(now - minute), now)).toBe(false);
    expect(isLoud(done(now + second), now)).toBe(false);
    expect(isLoud(done(null), now)).toBe(false);
  });
});

describe("columns", () => {
  it.each([
    [1, 16 / 9, 1],
    [2, 16 / 9, 2],
    [2, 9 / 16, 1],
    [6, 16 / 9, 3],
    [6, 9 / 16, 2],
    [24, 16 / 9, 6],
  ])("%j tiles on %j are laid in %j", (count, area, expected) => {
    expect(columnsFor(count, area, 1.4)).toBe(expected);
  });

  it("hold every tile and leave no row empty", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0.3, max: 4, noNaN: true }),
        (count, area) => {
          const columns = columnsFor(count, area, 1.8);
          const rows = Math.ceil(count / columns);
          expect(columns).toBeGreaterThanOrEqual(1);
          expect(columns).toBeLessThanOrEqual(count);
          expect(columns * (rows - 1)).toBeLessThan(count);
        },
      ),
    );
  });
});

it("every line has its turn", () => {
  const lines = Array.from({ length: 2 * mostAtOnce + 5 }, (_, index) => index);
  expect([0, 1, 2].flatMap((turn) => takeTurn(lines, turn))).toEqual(lines);
  expect(takeTurn(lines, 3)).toEqual(takeTurn(lines, 0));
  expect(takeTurn([], 7)).toEqual([]);
});
