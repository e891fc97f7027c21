import { expect, test } from "vitest";

import {
  compareSeverity,
  displayStateOf,
  toDisplayState,
  type DisplayState,
  type DisplayStateFacts,
} from "./display-state";

const rollout: DisplayStateFacts = {
  status: "in_progress",
  removedSince: null,
  conditions: [],
  updatedReplicas: 7,
  totalReplicas: 12,
  errorMessage: null,
};
const done: Partial<DisplayStateFacts> = { status: "done", updatedReplicas: 12, totalReplicas: 12 };

const table: [Partial<DisplayStateFacts>, DisplayState][] = [
  [{}, "in_progress"],
  [{ conditions: ["overlapping"] }, "in_progress"],
  [{ conditions: ["regressing", "stalled"] }, "stalled"],
  [{ conditions: ["regressing"] }, "regressing"],
  [{ conditions: ["late"] }, "late"],
  [{ conditions: ["late", "stalled"] }, "stalled"],
  [{ removedSince: 1, conditions: ["stalled"] }, "removed"],
  [{ ...done, removedSince: 1 }, "done"],
  [{ status: "unknown" }, "unknown"],
  [{ errorMessage: "quota" }, "in_progress"],
  [done, "done"],
  [{ ...done, updatedReplicas: 13, totalReplicas: 14 }, "incomplete"],
  [{ ...done, updatedReplicas: 999, totalReplicas: 1_000 }, "incomplete"],
  [{ ...done, updatedReplicas: 0 }, "incomplete"],
  [{ ...done, errorMessage: "1 replica did not come up" }, "incomplete"],
  [{ ...done, updatedReplicas: 13 }, "done"],
  [{ ...done, updatedReplicas: null }, "done"],
  [{ ...done, totalReplicas: null }, "done"],
  [{ ...done, updatedReplicas: 0, totalReplicas: 0 }, "done"],
  [{ status: "cancelled", updatedReplicas: 3 }, "cancelled"],
];

test.each(table)("%j is shown as %s", (change, displayState) => {
  expect(toDisplayState({ ...rollout, ...change })).toBe(displayState);
});

test("an endpoint on which nothing is deployed has a state too", () => {
  expect(displayStateOf(null)).toBe("nothing");
  expect(displayStateOf({ displayState: "stalled" })).toBe("stalled");
});

test("failing states come before moving ones, and those before quiet ones", () => {
  const some: DisplayState[] = ["done", "nothing", "in_progress", "incomplete", "stalled", "error"];
  expect(some.toSorted(compareSeverity)).toEqual([
    "error",
    "stalled",
    "incomplete",
    "in_progress",
    "done",
    "nothing",
  ]);
});
