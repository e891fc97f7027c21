import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { minute, second } from "./instant";
import {
  arrangeWall,
  columnsFor,
  groupLines,
  mostNames,
  mostNamesAlone,
  placeOnWall,
  withoutOrg,
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

const roomAlone = 20;
const still = { roomAlone, turn: null };

describe("a wall", () => {
  it("shows every quiet endpoint in its turn, and says which ones are on the screen", () => {
    const all = many(2 * roomAlone + 5, "quiet");
    const inTurn = (turn: number) => arrangeWall(all, { roomAlone, turn });
    expect([0, 1, 2].flatMap((turn) => inTurn(turn).quiet)).toEqual(all);
    expect(inTurn(3)).toEqual(inTurn(0));
    expect(inTurn(1).page).toEqual({ from: roomAlone + 1, to: 2 * roomAlone });
    expect(arrangeWall(many(3, "quiet"), { roomAlone, turn: 7 })).toMatchObject({ page: null, folded: [] });
    expect(arrangeWall([], { roomAlone, turn: 7 })).toMatchObject({ featured: [], quiet: [], page: null });
  });

  it("keeps what moves or fails on every page of a rotation", () => {
    const featured = many(2, "featured");
    const others = [...many(3, "unseen"), ...many(mostNames, "quiet")];
    const pages = [0, 1].map((turn) => arrangeWall([...featured, ...others], { roomAlone, turn }));
    expect(pages.map((page) => page.featured)).toEqual([featured, featured]);
    expect(pages.flatMap(({ unseen: some, quiet }) => [...some, ...quiet])).toEqual(others);
  });

  it("counts quiet endpoints that do not fit where nothing rotates", () => {
    const crowd = many(roomAlone + 1, "quiet");
    expect(arrangeWall(crowd, still)).toMatchObject({ quiet: [], folded: crowd, page: null });
    expect(arrangeWall(crowd.slice(1), still)).toMatchObject({ quiet: crowd.slice(1), folded: [] });
    const featured = many(2, "featured");
    const few = many(mostNames, "quiet");
    expect(arrangeWall([...featured, ...few], still)).toMatchObject({ featured, quiet: few, folded: [] });
    expect(arrangeWall([...featured, ...crowd], still)).toMatchObject({ featured, quiet: [], folded: crowd });
  });

  it("keeps unseen endpoints larger than quiet ones", () => {
    const [unseen, quiet] = [many(12, "unseen"), many(mostNames + 1, "quiet")];
    expect(arrangeWall([...unseen, ...quiet], { roomAlone: 40, turn: null })).toMatchObject({
      ...{ unseen, quiet: [], folded: quiet },
    });
  });

  it("folds acknowledged failures last", () => {
    const acknowledged = many(3, "quiet", true);
    const { quiet } = arrangeWall([...many(1, "featured"), ...acknowledged, ...many(40, "quiet")], still);
    expect(quiet).toEqual(acknowledged);
  });

  it("loses no endpoint, whatever its place", () => {
    const count = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(count, count, count, (moving, unseen, quiet) => {
        const all = [...many(moving, "featured"), ...many(unseen, "unseen"), ...many(quiet, "quiet")];
        const wall = arrangeWall(all, still);
        const shown = [...wall.featured, ...wall.unseen, ...wall.quiet, ...wall.folded];
        expect(new Set(shown)).toEqual(new Set(all));
        expect(shown).toHaveLength(all.length);
        const named = wall.unseen.length + wall.quiet.length;
        expect(named).toBeLessThanOrEqual(moving > 0 ? mostNames : roomAlone + mostNames);
      }),
    );
  });
});

describe("endpoints that are only counted", () => {
  const of = (org: string | null, arch: string | null) => ({ org, arch });
  const names = (lines: readonly ReturnType<typeof of>[]) =>
    groupLines(lines).map((group) => [group.name, group.lines.length]);

  it("are grouped by organization, or by architecture if they have one", () => {
    const two = [of("acme", "a"), of("globex", "a"), of("globex", "b")];
    expect(names(two)).toEqual([
      ["globex", 2],
      ["acme", 1],
    ]);
    expect(names([of("acme", "a"), of("acme", null)])).toEqual([
      ["a", 1],
      ["other", 1],
    ]);
  });

  it("are in twelve groups at most", () => {
    const lines = Array.from({ length: 30 }, (_, index) => of("acme", `arch ${index}`));
    expect(names(lines)).toHaveLength(12);
    expect(names(lines).at(-1)).toEqual(["other", 19]);
  });
});

it("as many names fill a screen as fit there in 41 px", () => {
  expect([10, 30, 44, 90].map(mostNamesAlone)).toEqual([44, 22, 11, 11]);
});

it.each([
  ["acme-qwen", "acme", "qwen"],
  ["acme-qwen", "globex", "acme-qwen"],
  ["acme-qwen", null, "acme-qwen"],
])("%s of %s is shown as %s", (id, org, short) => {
  expect(withoutOrg(id, org)).toBe(short);
});
