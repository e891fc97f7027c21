import { expect, test } from "vitest";

import {
  compareSeverity,
  displayStatePast,
  displayStates,
  displayStateWord,
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

const table: [Partial<DisplayStateFacts> | null, DisplayState][] = [
  [null, "nothing"],
  [{}, "in_progress"],
  [{ conditions: ["overlapping"] }, "in_progress"],
  [{ conditions: ["regressing", "stalled"] }, "stalled"],
  [{ conditions: ["regressing"] }, "regressing"],
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

test.each(table)("%j stands as %s", (change, displayState) => {
  expect(toDisplayState(change === null ? null : { ...rollout, ...change })).toBe(displayState);
});

test("what fails comes before what moves, and that before what is quiet", () => {
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

test("every standing has a word, a past and a place in the order", () => {
  expect(new Set(displayStates.map(displayStateWord)).size).toBe(displayStates.length);
  expect(new Set(displayStates.map(displayStatePast)).size).toBe(displayStates.length);
  for (const displayState of displayStates)
    expect(displayStatePast(displayState)).toMatch(/^(was|had|looked) /);
});
