import { expect, it } from "vitest";

import { arrangeFleet, type FleetLine } from "./arrange-fleet";
import type { DisplayState } from "./display-state";
import { parseFleetChoice } from "./fleet-choice";
import { holdArrangement } from "./hold-order";

const line = (id: string, displayState: DisplayState, org = "acme"): FleetLine => ({
  ...{ id, org, arch: null, versions: [], displayState, changedAt: null },
  freshness: { state: "live", observedAt: 1, cause: null },
});
const arrange = (lines: readonly FleetLine[], query = "") => {
  const parameters = new URLSearchParams(query);
  return arrangeFleet(
    lines,
    parseFleetChoice((name) => parameters.get(name)),
  );
};
const held = (before: readonly FleetLine[], after: readonly FleetLine[], query = "") => {
  const { groups, folded } = holdArrangement(arrange(before, query), arrange(after, query), after);
  return { groups: groups.map(({ name, lines }) => [name, ...lines.map(({ id }) => id)]), folded };
};

const A = line("a", "in_progress");
const B = line("b", "done");
const C = line("c", "done");

it("keeps the order, with the lines as they are now", () => {
  const failed = line("c", "error");
  const after = [A, B, failed];
  expect(arrange(after).groups[0]?.lines[0]).toBe(failed);
  const { groups } = holdArrangement(arrange([A, B, C]), arrange(after), after);
  expect(groups).toEqual([{ name: null, lines: [A, B, failed] }]);
});

it("keeps a line that no longer matches, leaves out one that no longer exists, and adds new ones at the end", () => {
  const after = [line("a", "error"), C, line("d", "in_progress")];
  expect(held([A, B, C], after).groups).toEqual([[null, "a", "c", "d"]]);
  expect(held([A, B, C], after, "status=in_progress").groups).toEqual([[null, "a", "d"]]);
});

it("keeps the groups", () => {
  const other = line("x", "done", "globex");
  expect(
    held([A, B, other], [B, other, line("e", "error"), line("n", "done", "new")], "group=org").groups,
  ).toEqual([
    ["acme", "b", "e"],
    ["globex", "x"],
    ["new", "n"],
  ]);
});

it("counts only what it does not show", () => {
  const many = Array.from({ length: 20 }, (_, index) => line(`q-${index + 10}`, "done"));
  const before = [A, ...many];
  const after = [line("a", "done"), ...many];
  expect(arrange(before).folded).toHaveLength(8);
  const { groups, folded } = held(before, after);
  expect(groups.flat()).toHaveLength(1 + 13);
  expect(folded).toHaveLength(8);
});

it("leaves folded what was folded, while another endpoint begins to move", () => {
  const many = Array.from({ length: 20 }, (_, index) => line(`q-${index + 10}`, "done"));
  const after = many.map((each) => (each.id === "q-15" ? line("q-15", "in_progress") : each));
  const { groups, folded } = held(many, after);
  expect(groups).toEqual([[null, ...many.slice(0, 12).map(({ id }) => id)]]);
  expect(folded).toHaveLength(8);
});

it("is the new arrangement if nothing was shown before", () => {
  expect(held([], [B, A]).groups).toEqual([[null, "a", "b"]]);
});
