import { expect, it } from "vitest";
import { VirtualClock } from "./clock";
import { isJsonObject } from "./json";
import { readPast } from "./past";
import { findScenario } from "./scenarios/catalog";
import { buildWorld } from "./world";

const START = 1_800_000_000_000;
const DAY_MS = 86_400_000;

function pastOf(name: string, days = 30) {
  const scenario = findScenario(name);
  if (scenario === undefined) throw new Error(`No scenario ${name}`);
  const clock = new VirtualClock(() => START, 1);
  const world = buildWorld(scenario, 1, clock);
  return { world, past: readPast(world, clock, days * DAY_MS) };
}

it("begins a month ago, is in order, and ends with what is served now", () => {
  const { world, past } = pastOf("demo");
  for (const endpoint of world.endpoints()) {
    const replies = past.replies.filter(({ endpointId }) => endpointId === endpoint.id);
    const times = replies.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(replies.at(-1)?.body["deployed_models"]).toEqual(world.wireDeployments(endpoint, 0));
  }
  expect(Math.min(...past.replies.map(({ at }) => at))).toBe(START - 30 * DAY_MS);
});

it("holds a dozen rollouts of an endpoint, some failed, one rolled back, two at once", () => {
  const replies = pastOf("demo").past.replies.filter(({ endpointId }) => endpointId === "acme-qwen-3-235b");
  const ended = new Map<unknown, unknown>();
  let atOnce = 0;
  for (const { body } of replies) {
    const listed = body["deployed_models"];
    const deployments = Array.isArray(listed) ? listed.filter(isJsonObject) : [];
    for (const one of deployments) ended.set(one["id"], one["rollout_status"]);
    atOnce = Math.max(atOnce, deployments.filter((one) => one["rollout_status"] === "in_progress").length);
  }
  const count = (status: string) => [...ended.values()].filter((one) => one === status).length;
  expect([count("done"), count("error"), count("rolled_back")]).toEqual([10, 2, 1]);
  expect(atOnce).toBe(2);
});

it("does not begin before the endpoint was created", () => {
  const { replies } = pastOf("demo").past;
  const young = replies.find(({ endpointId }) => endpointId === "acme-llama-3.3-70b-legal");
  expect(young?.at).toBe(START - 11 * DAY_MS);
});

it("lists no deployment before it was created", () => {
  for (const { at, body } of pastOf("demo").past.replies) {
    const listed = body["deployed_models"];
    for (const one of Array.isArray(listed) ? listed.filter(isJsonObject) : [])
      expect(Number(one["created"]) * 1_000).toBeLessThanOrEqual(at);
  }
});

it("is one moment long for a scenario whose endpoints do nothing", () => {
  expect(pastOf("steady", 0.5).past).toMatchObject({ replies: [{}], outages: [] });
});
