import { expect, test } from "vitest";

import type { RolloutNews } from "./rollout-news";
import { compareUrgency, toStanding, type Standing } from "./standing";

type Input = Pick<RolloutNews, "status" | "goneSince" | "conditions">;

const table: [Input | null, Standing][] = [
  [null, "nothing"],
  [{ status: "in_progress", goneSince: null, conditions: [] }, "in_progress"],
  [{ status: "in_progress", goneSince: null, conditions: ["overlapping"] }, "in_progress"],
  [{ status: "in_progress", goneSince: null, conditions: ["regressing", "stalled"] }, "stalled"],
  [{ status: "in_progress", goneSince: null, conditions: ["regressing"] }, "regressing"],
  [{ status: "in_progress", goneSince: 1, conditions: ["stalled"] }, "gone"],
  [{ status: "done", goneSince: 1, conditions: [] }, "done"],
  [{ status: "unknown", goneSince: null, conditions: [] }, "unknown"],
];

test.each(table)("%j stands as %s", (rollout, standing) => {
  expect(toStanding(rollout)).toBe(standing);
});

test("what fails comes before what moves, and that before what is quiet", () => {
  const standings: Standing[] = ["done", "nothing", "in_progress", "stalled", "error"];
  expect(standings.toSorted(compareUrgency)).toEqual(["error", "stalled", "in_progress", "done", "nothing"]);
});
