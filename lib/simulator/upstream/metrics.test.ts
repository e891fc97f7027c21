import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTestSimulator } from "../testing/test-simulator";
import type { TestSimulator } from "../testing/test-simulator";

const METRICS = "/api/v1/metrics/organizations/org_simulated";
const KEY = "an-inference-key";
const withKey = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });

let simulator: TestSimulator;
beforeEach(async () => {
  simulator = await startTestSimulator({ scenario: "steady", inferenceKey: KEY });
});
afterEach(() => simulator.close());

describe("the Metrics API", () => {
  it("serves the last minute of each endpoint as Prometheus text", async () => {
    const { status, headers, text } = await simulator.upstream(METRICS, withKey(KEY));
    expect(status).toBe(200);
    expect(headers["content-type"]).toMatch(/^text\/plain; version=0\.0\.4/);
    const labels = 'endpoint="acme-qwen-3-32b",organization_id="org_simulated"';
    expect(text).toMatch(new RegExp(`^requests_count_total\\{${labels}\\} \\d+$`, "m"));
    expect(text).toMatch(new RegExp(`^ttft_seconds\\{${labels},percentile="p95"\\} [\\d.]+$`, "m"));
    expect(text).toMatch(new RegExp(`^queue_time_seconds\\{${labels},statistic="p50"\\} [\\d.]+$`, "m"));
  });

  it("refuses the seventh call within a minute with 429, not counting refused keys", async () => {
    const call = async (key = KEY) => (await simulator.upstream(METRICS, withKey(key))).status;
    for (let nth = 0; nth < 3; nth += 1) expect(await call("wrong")).toBe(401);
    for (let nth = 0; nth < 6; nth += 1) expect(await call()).toBe(200);
    const refused = await simulator.upstream(METRICS, withKey(KEY));
    expect([refused.status, refused.headers["retry-after"], refused.text]).toEqual([
      429,
      "20",
      '{"detail":"At most 6 requests a minute"}',
    ]);
    expect(await call()).toBe(429);
    await simulator.control("POST", "/scenario", { name: "steady" });
    expect(await call()).toBe(200);
  });

  it("takes the inference key, and no other", async () => {
    for (const key of ["simulator-management-key", "", "an-inference-ke"]) {
      const { status, json } = await simulator.upstream(METRICS, withKey(key));
      expect([status, json]).toEqual([401, { detail: "Invalid or missing inference API key" }]);
    }
    expect((await simulator.upstream("/management/v1/orgs/acme/endpoints", withKey(KEY))).status).toBe(401);
    await simulator.control("PUT", "/key", { inference: ["another"] });
    expect((await simulator.upstream(METRICS, withKey(KEY))).status).toBe(401);
    expect((await simulator.upstream(METRICS, withKey("another"))).status).toBe(200);
  });

  it("knows one organization", async () => {
    const path = METRICS.replace("org_simulated", "org_other");
    expect((await simulator.upstream(path, withKey(KEY))).status).toBe(404);
  });
});

describe("the status page", () => {
  const PAGE = "/api/v2/incidents/unresolved.json";

  it("takes no key, and reports nothing unless the scenario does", async () => {
    const { status, json } = await simulator.upstream(PAGE, { headers: { authorization: "" } });
    expect([status, json]).toMatchObject([200, { page: { name: "Simulated status" }, incidents: [] }]);
    await simulator.control("POST", "/scenario", { name: "incident" });
    expect((await simulator.upstream(PAGE)).json).toMatchObject({
      incidents: [
        {
          name: "Elevated error rates on dedicated endpoints",
          status: "investigating",
          impact: "major",
        },
      ],
    });
  });

  it("serves verbatim what is set by hand, until another scenario starts", async () => {
    await simulator.control("PUT", "/incidents", { incidents: [{ anything: ["at all"] }, 7] });
    expect((await simulator.upstream(PAGE)).json).toMatchObject({ incidents: [{ anything: ["at all"] }, 7] });
    expect((await simulator.control("PUT", "/incidents", { incidents: 7 })).status).toBe(400);
    await simulator.control("POST", "/scenario", { name: "steady" });
    expect((await simulator.upstream(PAGE)).json).toMatchObject({ incidents: [] });
  });
});
