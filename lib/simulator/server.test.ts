import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { SCENARIOS } from "./scenarios/catalog";
import { startTestSimulator } from "./testing/test-simulator";
import type { TestSimulator } from "./testing/test-simulator";

const STATUS = "/management/v1/endpoints/acme-qwen-3-32b";

describe("the upstream API", () => {
  let simulator: TestSimulator;

  beforeEach(async () => {
    simulator = await startTestSimulator({ scenario: "smooth" });
    await simulator.control("POST", "/clock", { paused: true });
  });

  afterEach(() => simulator.close());

  it("lists endpoints in the documented shape", async () => {
    const { status, json } = await simulator.upstream("/management/v1/orgs/acme/endpoints");
    expect(status).toBe(200);
    const listed = z.strictObject({
      endpoint_id: z.literal("acme-qwen-3-32b"),
      model_arch_id: z.literal("qwen-3-32b"),
      created: z.int(),
      updated: z.int(),
      org_name: z.literal("acme"),
    });
    expect(() => z.strictObject({ endpoints: z.tuple([listed]) }).parse(json)).not.toThrow();
  });

  it("moves from not_started to done as its clock is stepped", async () => {
    const { advance, newest } = simulator;
    expect(await newest(STATUS)).toMatchObject({ rollout_status: "not_started", updated_replicas: 0 });
    await advance(2000 + 7.5 * 6000);
    expect(await newest(STATUS)).toMatchObject({ rollout_status: "in_progress", updated_replicas: 7 });
    await advance(6000 * 12);
    expect(await newest(STATUS)).toMatchObject({
      version_alias: "v8-canary",
      rollout_status: "done",
      updated_replicas: 12,
      total_replicas: 12,
      max_unavailable: 2,
      error_message: null,
    });
  });

  it.each([
    [401, STATUS, { authorization: "Bearer wrong" }],
    [401, STATUS, { authorization: "simulator-management-key" }],
    [404, "/management/v1/endpoints/unknown", {}],
    [404, "/management/v1/endpoints/%zz", {}],
    [404, "/management/v1/endpoints/%E0%A4%A", {}],
    [404, "/management/v1/endpoints/..%2F..%2Fetc", {}],
    [404, "/management/v1/endpoints/%00", {}],
    [404, "/management/v1/orgs/unknown/endpoints", {}],
    [404, "/management/v1/orgs/unknown/models", {}],
    [404, "/", {}],
    [404, "//", {}],
  ])("answers %i with a detail for %s", async (status, path, headers) => {
    const answer = await simulator.upstream(path, { headers });
    expect(answer.status).toBe(status);
    expect(() => z.strictObject({ detail: z.string() }).parse(answer.json)).not.toThrow();
  });

  it("serves every endpoint of every scenario as JSON", async () => {
    for (const { name } of SCENARIOS) {
      await simulator.control("POST", "/scenario", { name });
      const state = z.object({ endpoints: z.array(z.object({ id: z.string() })) });
      const { endpoints } = state.parse((await simulator.control("GET", "/state")).json);
      for (const { id } of endpoints) {
        const { status, json } = await simulator.upstream(`/management/v1/endpoints/${id}`);
        expect(status).toBe(200);
        expect(json).toMatchObject({ name: id });
      }
    }
  });

  it("serves the published example to the letter", async () => {
    await simulator.control("POST", "/scenario", { name: "published-example" });
    const { text } = await simulator.upstream("/management/v1/endpoints/my-org-llama-3.3-70b");
    expect(text).toBe(
      '{"name":"my-org-llama-3.3-70b","model_arch_id":"llama-3.3-70b","deployed_models":[{' +
        '"id":"550e8400-e29b-41d4-a716-446655440000","model":"orgs/my-org/models/llama-3.3-70b/versions/1",' +
        '"version_alias":"production-jan-12-2026-finetuned","created":1736700000,"state":"complete"}],' +
        '"managing_org_name":"my-org","created":1736600000,"updated":1736700000}',
    );
  });

  it("refuses other methods on known paths", async () => {
    expect((await simulator.upstream(STATUS, { method: "DELETE" })).status).toBe(405);
    expect((await simulator.upstream(`${STATUS}:deployModel`)).status).toBe(404);
  });

  it("accepts the keys that control says, from the next request on", async () => {
    await simulator.control("PUT", "/key", { accepted: ["rotated"] });
    expect((await simulator.upstream(STATUS)).status).toBe(401);
    const rotated = await simulator.upstream(STATUS, { headers: { authorization: "Bearer rotated" } });
    expect(rotated.status).toBe(200);
  });
});
