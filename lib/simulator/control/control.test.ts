import { request } from "undici";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { startTestSimulator } from "../testing/test-simulator";
import type { TestSimulator } from "../testing/test-simulator";

const ID = "acme-qwen-3-32b";
const STATUS = `/management/v1/endpoints/${ID}`;

const deployed = z.object({ at: z.int(), deploymentId: z.string() });
const changeList = z.object({
  changes: z.array(
    z.object({
      at: z.int(),
      endpointId: z.string(),
      deploymentId: z.string(),
      status: z.string(),
      updated: z.int(),
      by: z.string(),
    }),
  ),
});
const requestList = z.object({
  requests: z.array(
    z.object({
      at: z.int(),
      method: z.string(),
      rawPath: z.string(),
      headers: z.array(z.tuple([z.string(), z.string()])),
      status: z.int(),
    }),
  ),
});

describe("the control API", () => {
  let simulator: TestSimulator;

  beforeEach(async () => {
    simulator = await startTestSimulator({ scenario: "smooth" });
    await simulator.control("POST", "/clock", { paused: true });
  });

  afterEach(() => simulator.close());

  const changes = async () => changeList.parse((await simulator.control("GET", "/changes")).json).changes;
  const newestId = async () => z.string().parse((await simulator.newest(STATUS))?.["id"]);

  it("starts another scenario, with fresh faults, keys and clock but the old request log", async () => {
    await simulator.upstream("/management/v1/orgs/acme/endpoints");
    await simulator.control("POST", "/faults", { kind: "status", status: 500 });
    await simulator.control("PUT", "/key", { accepted: [] });
    const { status } = await simulator.control("POST", "/scenario", { name: "stuck", seed: 4, speed: 2 });
    expect(status).toBe(200);
    expect(await simulator.newest(STATUS)).toMatchObject({ updated_replicas: 5 });
    const { json } = await simulator.control("GET", "/state");
    expect(json).toMatchObject({
      scenario: "stuck",
      seed: 4,
      clock: { speed: 2, paused: false },
      faults: [],
    });
    expect((await simulator.control("GET", "/requests/count")).json).toMatchObject({ total: 2 });
  });

  it("lists every scenario with what it is about", async () => {
    const { json } = await simulator.control("GET", "/scenarios");
    const list = z.array(z.object({ name: z.string(), about: z.string().min(10) })).parse(json);
    expect(list.map(({ name }) => name)).toContain("published-example");
  });

  it("logs requests with their raw path and headers, and counts them", async () => {
    await simulator.upstream(`${STATUS}?a=%20b`, { headers: { "X-Trace": "One" } });
    await simulator.upstream("/management/v1/endpoints/..%2f..%2fx");
    const { requests } = requestList.parse((await simulator.control("GET", "/requests")).json);
    expect(requests).toMatchObject([
      { method: "GET", rawPath: `${STATUS}?a=%20b`, status: 200 },
      { method: "GET", rawPath: "/management/v1/endpoints/..%2f..%2fx", status: 404 },
    ]);
    expect(requests[0]?.headers).toContainEqual(["X-Trace", "One"]);
    const counted = await simulator.control("GET", `/requests/count?path=${STATUS}`);
    expect(counted.json).toEqual({ total: 1, counts: { [`${STATUS}?a=%20b`]: 1 } });
    await simulator.control("DELETE", "/requests");
    expect((await simulator.control("GET", "/requests")).json).toEqual({ requests: [] });
  });

  it("serves an endpoint put by hand verbatim, and lets it go again", async () => {
    const deployments = [{ id: "d1", odd: [null, 1.5], state: "complete" }, "not an object", null];
    const body = { org: "globex", arch: "gpt-oss-120b", created: "soon", updated: null, deployments };
    await simulator.control("PUT", "/endpoints/globex-hand", body);
    expect((await simulator.upstream("/management/v1/endpoints/globex-hand")).json).toEqual({
      name: "globex-hand",
      model_arch_id: "gpt-oss-120b",
      deployed_models: deployments,
      managing_org_name: "globex",
      created: "soon",
      updated: null,
    });
    const listing = "/management/v1/orgs/globex/endpoints";
    expect((await simulator.upstream(listing)).json).toMatchObject({
      endpoints: [{ endpoint_id: "globex-hand" }],
    });
    expect((await simulator.control("DELETE", "/endpoints/globex-hand")).status).toBe(200);
    expect((await simulator.upstream(listing)).json).toEqual({ endpoints: [] });
    expect((await simulator.control("DELETE", "/endpoints/globex-hand")).status).toBe(404);
  });

  it("deploys the next version on as many replicas, and makes the newest rollout fail where it is", async () => {
    await simulator.control("POST", `/endpoints/${ID}/deploy`, { msPerReplica: 1000 });
    await simulator.advance(4600);
    const total = { total_replicas: 12, max_unavailable: 2 };
    expect(await simulator.newest(STATUS)).toMatchObject({ version_alias: "9", ...total });
    await simulator.control("POST", `/endpoints/${ID}/fail`);
    const failed = await simulator.newest(STATUS);
    expect(failed).toMatchObject({ version_alias: "9", rollout_status: "error" });
    expect(failed?.["error_message"]).toContain("of 12");
    await simulator.advance(60_000);
    expect(await simulator.newest(STATUS)).toEqual(failed);
    await simulator.control("POST", `/endpoints/${ID}/fail`);
    await simulator.advance(60_000);
    expect(await simulator.newest(STATUS)).toMatchObject({
      version_alias: "10",
      rollout_status: "error",
      updated_replicas: 3,
    });
  });

  it("freezes the fields set by hand and lets the script move the others", async () => {
    const before = Date.now();
    const id = await newestId();
    const { json } = await simulator.control("PATCH", `/endpoints/${ID}/deployments/${id}`, {
      updated_replicas: 3,
      surprise: "new",
    });
    const { at } = z.object({ at: z.int() }).parse(json);
    expect(at).toBeGreaterThanOrEqual(before);
    await simulator.advance(120_000);
    expect(await simulator.newest(STATUS)).toMatchObject({
      rollout_status: "done",
      updated_replicas: 3,
      surprise: "new",
    });
    const seen = await changes();
    expect(seen[0]).toEqual({
      at,
      endpointId: ID,
      deploymentId: id,
      status: "not_started",
      updated: 3,
      by: "hand",
    });
    expect((await simulator.control("PATCH", `/endpoints/${ID}/deployments/none`, {})).status).toBe(404);
  });

  it("deploys by hand, on top of the list, at the given speed", async () => {
    const order = { version: 9, alias: "v9-hand", replicas: 4, maxUnavailable: 1, msPerReplica: 1000 };
    const { deploymentId } = deployed.parse(
      (await simulator.control("POST", `/endpoints/${ID}/deploy`, order)).json,
    );
    expect(await simulator.newest(STATUS)).toMatchObject({
      id: deploymentId,
      model: `orgs/acme/models/qwen-3-32b/versions/9`,
      version_alias: "v9-hand",
      rollout_status: "not_started",
      total_replicas: 4,
      max_unavailable: 1,
    });
    await simulator.advance(2000 + 4 * 1000 + 1000);
    expect(await simulator.newest(STATUS)).toMatchObject({ rollout_status: "done", updated_replicas: 4 });
    const own = (await changes()).filter((change) => change.deploymentId === deploymentId);
    expect(own.map(({ by, status, updated }) => [by, status, updated])).toEqual([
      ["hand", "not_started", 0],
      ["script", "done", 4],
    ]);
  });

  it.each([
    ["POST", "/scenario", { name: "nope" }, 400],
    ["POST", "/scenario", { name: "steady", speed: 0 }, 400],
    ["POST", "/clock", { advanceMs: -1 }, 400],
    ["POST", "/clock", { advanceMs: 5, speed: "fast" }, 400],
    ["PUT", "/key", { accepted: "one" }, 400],
    ["PUT", "/endpoints/x", { org: "acme" }, 400],
    ["PATCH", `/endpoints/${ID}/deployments/x`, [], 400],
    ["POST", `/endpoints/${ID}/deploy`, { replicas: 0 }, 400],
    ["POST", "/endpoints/unknown/deploy", { version: 1 }, 404],
    ["GET", "/requests?limit=many", undefined, 400],
    ["GET", "/nothing", undefined, 404],
    ["DELETE", "/scenario", undefined, 405],
    ["DELETE", "/faults/fault-9", undefined, 404],
  ] as const)("%s %s %o is refused and nothing changed", async (method, path, body, status) => {
    const before = await simulator.upstream(STATUS);
    const answer = await simulator.control(method, path, body);
    expect(answer.status).toBe(status);
    expect(() => z.strictObject({ error: z.string().min(1) }).parse(answer.json)).not.toThrow();
    expect((await simulator.upstream(STATUS)).json).toEqual(before.json);
  });

  it("refuses broken JSON and web pages", async () => {
    const broken = await request(`${simulator.controlUrl}/clock`, { method: "POST", body: "{" });
    expect(broken.statusCode).toBe(400);
    await broken.body.dump();
    const page = await request(`${simulator.controlUrl}/state`, {
      headers: { origin: "http://evil.example" },
    });
    expect(page.statusCode).toBe(403);
    await page.body.dump();
  });
});
