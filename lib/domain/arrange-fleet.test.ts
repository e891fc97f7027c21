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
  const groups = arrangeFleet(
    LINES,
    parseFleetChoice((name) => said.get(name)),
  );
  expect(groups.map(({ name, lines }) => [name, ...lines.map(({ id }) => id)])).toEqual(expected);
});
