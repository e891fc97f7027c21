import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { minute, second } from "./instant";
import {
  arrangeWall,
  columnsFor,
  mostAtOnce,
  mostNames,
  placeOnWall,
  type WallLine,
  type WallPlace,
} from "./wall";

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
          // Filled evenly: the last row lacks less than one tile of each other row.
          expect(columns * rows - count).toBeLessThan(rows);
        },
      ),
    );
  });
});

const many = (count: number, place: WallPlace, isAcknowledged = false) =>
  Array.from({ length: count }, (_, index) => ({ id: `${place} ${index}`, place, isAcknowledged }));

describe("a wall", () => {
  it("shows every quiet endpoint in its turn, and says which ones are on the screen", () => {
    const all = many(2 * mostAtOnce + 5, "quiet");
    expect([0, 1, 2].flatMap((turn) => arrangeWall(all, turn).quiet)).toEqual(all);
    expect(arrangeWall(all, 3)).toEqual(arrangeWall(all, 0));
    expect(arrangeWall(all, 1).page).toEqual({ from: mostAtOnce + 1, to: 2 * mostAtOnce });
    expect(arrangeWall(many(3, "quiet"), 7)).toMatchObject({ page: null, folded: [] });
    expect(arrangeWall([], 7)).toMatchObject({ featured: [], quiet: [], page: null });
  });

  it("keeps what moves or fails on every page, and names what is quiet only where there is room", () => {
    const featured = many(2, "featured");
    expect(arrangeWall([...featured, ...many(mostNames, "quiet")], 0)).toMatchObject({
      featured,
      folded: [],
    });
    const crowd = many(mostNames + 1, "quiet");
    for (const turn of [0, 1, 5]) {
      const { quiet, folded } = arrangeWall([...featured, ...crowd], turn);
      expect({ quiet, folded }).toEqual({ quiet: [], folded: crowd });
    }
  });

  it("folds acknowledged failures last", () => {
    const acknowledged = many(3, "quiet", true);
    const { quiet } = arrangeWall([...many(1, "featured"), ...acknowledged, ...many(40, "quiet")], 0);
    expect(quiet).toEqual(acknowledged);
  });

  it("loses no endpoint, whatever its place", () => {
    const count = fc.integer({ min: 0, max: mostAtOnce });
    fc.assert(
      fc.property(count, count, count, (moving, unseen, quiet) => {
        fc.pre(moving > 0 || (unseen > 0 && quiet > 0));
        const all = [...many(moving, "featured"), ...many(unseen, "unseen"), ...many(quiet, "quiet")];
        const wall = arrangeWall(all, 0);
        const shown = [...wall.featured, ...wall.unseen, ...wall.quiet, ...wall.folded];
        expect(new Set(shown)).toEqual(new Set(all));
        expect(shown).toHaveLength(all.length);
        if (moving > 0) expect(wall.unseen.length + wall.quiet.length).toBeLessThanOrEqual(mostNames);
      }),
    );
  });
});
