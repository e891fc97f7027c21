import { expect, test } from "vitest";

import {
  compareUrgency,
  standingPast,
  standings,
  standingWord,
  toStanding,
  type Standing,
  type StandingFacts,
} from "./standing";

const rollout: StandingFacts = {
  status: "in_progress",
  goneSince: null,
  conditions: [],
  updatedReplicas: 7,
  totalReplicas: 12,
  errorMessage: null,
};
const done: Partial<StandingFacts> = { status: "done", updatedReplicas: 12, totalReplicas: 12 };

const table: [Partial<StandingFacts> | null, Standing][] = [
  [null, "nothing"],
  [{}, "in_progress"],
  [{ conditions: ["overlapping"] }, "in_progress"],
  [{ conditions: ["regressing", "stalled"] }, "stalled"],
  [{ conditions: ["regressing"] }, "regressing"],
  [{ goneSince: 1, conditions: ["stalled"] }, "gone"],
  [{ ...done, goneSince: 1 }, "done"],
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

test.each(table)("%j stands as %s", (change, standing) => {
  expect(toStanding(change === null ? null : { ...rollout, ...change })).toBe(standing);
});

test("what fails comes before what moves, and that before what is quiet", () => {
  const some: Standing[] = ["done", "nothing", "in_progress", "incomplete", "stalled", "error"];
  expect(some.toSorted(compareUrgency)).toEqual([
    "error",
    "stalled",
    "incomplete",
    "in_progress",
    "done",
    "nothing",
  ]);
});

test("every standing has a word, a past and a place in the order", () => {
  expect(new Set(standings.map(standingWord)).size).toBe(standings.length);
  expect(new Set(standings.map(standingPast)).size).toBe(standings.length);
  for (const standing of standings) expect(standingPast(standing)).toMatch(/^(was|had|looked) /);
});
