import { expect, it } from "vitest";

import type { DisplayState } from "./display-state";
import { countStates, matchesState, stateFilters } from "./state-filter";

const part = (displayState: DisplayState, state: "live" | "delayed" | "blind" = "live") => ({
  displayState,
  freshness: { state, observedAt: 1, cause: null },
});

const FLEET = [
  part("done"),
  part("rolled_back"),
  part("in_progress", "blind"),
  part("regressing"),
  part("stalled"),
  part("done", "delayed"),
];

it("counts what occurs, most severe first, in kinds", () => {
  expect(countStates(FLEET)).toEqual([
    { filter: "blind", count: 1 },
    { filter: "stalled", count: 2 },
    { filter: "in_progress", count: 1 },
    { filter: "quiet", count: 3 },
  ]);
});

it("keeps a filter that matches none, and one of a single state, while it is chosen", () => {
  expect(countStates([part("done")], ["error", null])).toEqual([
    { filter: "error", count: 0 },
    { filter: "quiet", count: 1 },
  ]);
  expect(countStates(FLEET, ["rolled_back"]).at(-1)).toEqual({ filter: "rolled_back", count: 1 });
});

it("counts the endpoints that it lists", () => {
  for (const filter of stateFilters) {
    const listed = FLEET.filter((each) => matchesState(each, filter)).length;
    expect(countStates(FLEET, [filter]).find((each) => each.filter === filter)?.count).toBe(listed);
  }
});
