import { expect, it } from "vitest";

import { arrangeFleet, type FleetLine } from "./arrange-fleet";
import { parseFleetChoice } from "./fleet-choice";

const line = (id: string, more: Partial<FleetLine> = {}): FleetLine => ({
  id,
  org: "acme",
  arch: "qwen-3-32b",
  versions: ["8", "v8-canary"],
  displayState: "done",
  changedAt: 1000,
  freshness: { state: "live", observedAt: 9, cause: null },
  ...more,
});

const LINES = [
  line("b-done"),
  line("a-done", { changedAt: 3000 }),
  line("rolling", { displayState: "in_progress", org: "globex", changedAt: 2000 }),
  line("failed", { displayState: "error", arch: "llama3.1-8b", versions: ["9"] }),
  line("stuck", { displayState: "stalled", org: null }),
  line("empty", { displayState: "nothing", arch: null, versions: [], changedAt: null }),
];

it.each([
  ["", [[null, "failed", "stuck", "rolling", "a-done", "b-done", "empty"]]],
  ["sort=name", [[null, "a-done", "b-done", "empty", "failed", "rolling", "stuck"]]],
  ["sort=age", [[null, "a-done", "rolling", "b-done", "failed", "stuck", "empty"]]],
  ["search=+DONE++qwen+", [[null, "a-done", "b-done"]]],
  ["search=canary+globex", [[null, "rolling"]]],
  ["status=error", [[null, "failed"]]],
  ["status=quiet", [[null, "a-done", "b-done", "empty"]]],
  ["org=globex", [[null, "rolling"]]],
  ["arch=llama3.1-8b", [[null, "failed"]]],
  ["search=nowhere", []],
  ["group=org&search=nowhere", []],
  [
    "group=org",
    [
      ["acme", "failed", "a-done", "b-done", "empty"],
      ["globex", "rolling"],
      [null, "stuck"],
    ],
  ],
  [
    "group=arch",
    [
      ["llama3.1-8b", "failed"],
      ["qwen-3-32b", "stuck", "rolling", "a-done", "b-done"],
      [null, "empty"],
    ],
  ],
])("arranges %j", (query, expected) => {
  const said = new URLSearchParams(query);
  const { groups } = arrangeFleet(
    LINES,
    parseFleetChoice((name) => said.get(name)),
  );
  expect(groups.map(({ name, lines }) => [name, ...lines.map(({ id }) => id)])).toEqual(expected);
});

const QUIET = Array.from({ length: 15 }, (_, index) => line(`quiet-${index + 10}`, { changedAt: index }));

it.each([
  ["", 2 + 12, 3],
  ["density=dense", 2 + 12, 3],
  ["quiet=all", 2 + 15, 0],
  ["sort=name", 2 + 15, 0],
  ["group=org", 2 + 15, 0],
  ["search=quiet", 15, 0],
  ["status=quiet", 15, 0],
])("of 15 quiet endpoints and 2 others, %j lists %i and counts %i", (query, listed, counted) => {
  const parameters = new URLSearchParams(query);
  const { groups, folded } = arrangeFleet(
    [...QUIET, line("failed", { displayState: "error" }), line("stuck", { displayState: "stalled" })],
    parseFleetChoice((name) => parameters.get(name)),
  );
  expect([groups.flatMap(({ lines }) => lines).length, folded.length]).toEqual([listed, counted]);
  expect(folded.every(({ displayState }) => displayState === "done")).toBe(true);
});

it("lists quiet endpoints that cannot be seen before the others, then the latest change", () => {
  const blind = line("blind", { changedAt: 0, freshness: { state: "blind", observedAt: 9, cause: null } });
  const { groups } = arrangeFleet(
    [...QUIET, blind],
    parseFleetChoice(() => null),
  );
  expect(groups[0]?.lines.slice(0, 3).map(({ id }) => id)).toEqual(["blind", "quiet-24", "quiet-23"]);
});
