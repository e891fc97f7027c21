import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { minute, second } from "./instant";
import { columnsFor, mostAtOnce, placeOnWall, pageOf, type WallLine, type WallPlace } from "./wall";

const now = Date.UTC(2026, 10, 24, 14, 2);

const live = { state: "live", observedAt: now, cause: null } as const;
const line: WallLine = {
  displayState: "done",
  freshness: live,
  changedAt: now - 10 * minute,
  isAcknowledged: false,
};
const blind = { ...live, state: "blind" } as const;
const unseen = { state: "delayed", observedAt: null, cause: null } as const;

describe("the place of an endpoint", () => {
  it.each([
    ["in_progress", "featured"],
    ["error", "featured"],
    ["stalled", "featured"],
    ["incomplete", "featured"],
    ["rolling_back", "featured"],
    ["not_started", "featured"],
    ["unknown", "featured"],
    ["done", "quiet"],
    ["rolled_back", "quiet"],
    ["cancelled", "quiet"],
    ["nothing", "quiet"],
    ["removed", "quiet"],
  ] as const)("%s: %s", (displayState, expected) => {
    expect(placeOnWall({ ...line, displayState }, now)).toBe(expected);
  });

  const acknowledged = { displayState: "error", isAcknowledged: true } as const;
  const changes: [string, Partial<WallLine>, WallPlace][] = [
    ["an acknowledged failure", acknowledged, "quiet"],
    ["done within the last minute", { changedAt: now - 59 * second }, "featured"],
    ["done a minute ago", { changedAt: now - minute }, "quiet"],
    ["done in the future", { changedAt: now + second }, "quiet"],
    ["nothing deployed", { displayState: "nothing", changedAt: null }, "quiet"],
    ["quiet and blind", { freshness: blind }, "unseen"],
    ["just done and blind", { changedAt: now, freshness: blind }, "unseen"],
    ["an acknowledged failure, now blind", { ...acknowledged, freshness: blind }, "unseen"],
    ["rolling out and blind", { displayState: "in_progress", freshness: blind }, "featured"],
    ["never seen", { displayState: "nothing", freshness: unseen }, "unseen"],
    ["just done and delayed", { changedAt: now, freshness: { ...live, state: "delayed" } }, "quiet"],
  ];
  it.each(changes)("%s: %j", (_, change, expected) => {
    expect(placeOnWall({ ...line, ...change }, now)).toBe(expected);
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

  it("have room for every tile and leave no row empty", () => {
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

it("every line is on a page", () => {
  const lines = Array.from({ length: 2 * mostAtOnce + 5 }, (_, index) => index);
  expect([0, 1, 2].flatMap((turn) => pageOf(lines, turn))).toEqual(lines);
  expect(pageOf(lines, 3)).toEqual(pageOf(lines, 0));
  expect(pageOf([], 7)).toEqual([]);
});
