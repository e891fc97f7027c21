import { describe, expect, it } from "vitest";
import { VirtualClock } from "../clock";
import type { JsonValue } from "../json";
import { isJsonObject } from "../json";
import type { World } from "../world";
import { buildWorld } from "../world";
import { findScenario, SCENARIOS } from "./catalog";

const START = 1_800_000_000_000;
const HOUR_MS = 3_600_000;

function worldOf(name: string, seed = 1): World {
  const scenario = findScenario(name);
  if (scenario === undefined) throw new Error(`No scenario ${name}`);
  return buildWorld(scenario, seed, new VirtualClock(() => START, 1));
}

function served(world: World, atMs: number): Record<string, JsonValue[]> {
  return Object.fromEntries(world.endpoints().map((one) => [one.id, world.wireDeployments(one, atMs)]));
}

function newestAt(name: string, atMs: number, id = "acme-qwen-3-32b"): JsonValue | undefined {
  return served(worldOf(name), atMs)[id]?.[0];
}

describe.each(SCENARIOS.map(({ name }) => name))("%s", (name) => {
  it("is the same for the same seed at every time", () => {
    for (const atMs of [0, 30_000, HOUR_MS]) {
      expect(served(worldOf(name, 3), atMs)).toEqual(served(worldOf(name, 3), atMs));
    }
  });

  it("has endpoint ids that can stand in a path, each once, and every organization it names", () => {
    const endpoints = worldOf(name).endpoints();
    for (const { id } of endpoints) expect(id).toMatch(/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9])?$/);
    expect(new Set(endpoints.map(({ id }) => id)).size).toBe(endpoints.length);
    expect(worldOf(name).orgs()).toEqual(expect.arrayContaining(endpoints.map(({ org }) => org)));
  });
});

it.each([
  ["steady", 0, { rollout_status: "done", updated_replicas: 12, total_replicas: 12 }],
  ["smooth", 0, { rollout_status: "not_started", updated_replicas: 0, version_alias: "v8-canary" }],
  ["smooth", 47_000, { rollout_status: "in_progress", updated_replicas: 7 }],
  ["smooth", 80_000, { rollout_status: "done", updated_replicas: 12 }],
  ["slow", 80_000, { rollout_status: "in_progress", updated_replicas: 0 }],
  ["not-started", HOUR_MS, { rollout_status: "not_started", updated_replicas: 0 }],
  ["stuck", 0, { rollout_status: "in_progress", updated_replicas: 5 }],
  ["stuck", HOUR_MS, { rollout_status: "in_progress", updated_replicas: 5 }],
  ["failed", 0, { rollout_status: "error", updated_replicas: 7 }],
  ["failing", 20_000, { rollout_status: "in_progress" }],
  ["failing", HOUR_MS, { rollout_status: "error", updated_replicas: 7 }],
  ["rolling-back", 53_000, { rollout_status: "in_progress", updated_replicas: 8 }],
  ["rolling-back", HOUR_MS, { rollout_status: "rolling_back", updated_replicas: 2 }],
  ["rolled-back", 0, { rollout_status: "rolled_back", updated_replicas: 0 }],
  ["cancelled", 0, { rollout_status: "cancelled", updated_replicas: 4 }],
  ["regressing", HOUR_MS, { rollout_status: "in_progress", updated_replicas: 5 }],
  ["seven-of-five", 0, { updated_replicas: 7, total_replicas: 5 }],
  ["unknown-status", 0, { rollout_status: "draining_pods" }],
])("%s at %i ms says %o", (name, atMs, expected) => {
  expect(newestAt(name, atMs)).toMatchObject(expected);
});

it("keeps the counts out of missing-counts, and errors whole in failed", () => {
  const fields = newestAt("missing-counts", 0);
  expect(isJsonObject(fields) ? Object.keys(fields) : []).toEqual([
    "id",
    "model",
    "version_alias",
    "created",
    "rollout_status",
  ]);
  const failed = newestAt("failed", 0);
  expect(isJsonObject(failed) ? failed["error_message"] : "").toMatch(/7 of 12\.\n.*\n/);
});

it("overlaps two rollouts, and deploys nothing in nothing-deployed", () => {
  const running = served(worldOf("overlapping"), 0)["acme-qwen-3-32b"] ?? [];
  const statuses = running.map((one) => (isJsonObject(one) ? one["rollout_status"] : null));
  expect(statuses).toEqual(["in_progress", "in_progress", "done"]);
  expect(served(worldOf("nothing-deployed"), 0)).toEqual({ "acme-qwen-3-32b": [] });
});

it("fills the fleet with 40 endpoints in the promised states", () => {
  const states = Object.values(served(worldOf("fleet"), 0)).map(([newest]) =>
    newest !== undefined && isJsonObject(newest) ? newest["rollout_status"] : null,
  );
  const others = states.filter((status) => status !== "done");
  expect(states).toHaveLength(40);
  expect(others).toEqual([
    "in_progress",
    "in_progress",
    "error",
    "in_progress",
    "rolling_back",
    "draining_pods",
  ]);
});

it.each([1, 6, 24, 60, 1000])("fills a fleet of %i, quiet, with one rolling and with one failed", (size) => {
  const unusual = (name: string) => {
    const newest = Object.values(served(worldOf(name), 0)).map(([first]) => first);
    expect(newest).toHaveLength(size);
    const states = newest.map((one) =>
      one !== undefined && isJsonObject(one) ? one["rollout_status"] : null,
    );
    return states.filter((status) => status !== "done");
  };
  expect(unusual(`fleet-${size}`)).toEqual([]);
  expect(unusual(`fleet-${size}-rolling`)).toEqual(["in_progress"]);
  expect(unusual(`fleet-${size}-failing`)).toEqual(["error"]);
});

it("keeps the demo rolling forever: growing versions, twelve deployments, half-way at the start", () => {
  const id = "acme-qwen-3-32b";
  expect(worldOf("demo").endpoints()).toHaveLength(8);
  expect(newestAt("demo", 0)).toMatchObject({ version_alias: "v31-canary", updated_replicas: 6 });
  expect(newestAt("demo", 53_000)).toMatchObject({ version_alias: "v32-canary" });
  const muchLater = served(worldOf("demo"), 1000 * 53_000)[id];
  expect(muchLater).toHaveLength(12);
  expect(muchLater?.[0]).toMatchObject({ version_alias: "v1031-canary", updated_replicas: 6 });
  expect(muchLater?.[2]).toMatchObject({ version_alias: "v1029-canary", rollout_status: "done" });
});
