import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTestSimulator } from "../testing/test-simulator";
import type { TestSimulator } from "../testing/test-simulator";

const STATUS = "/management/v1/endpoints/acme-qwen-3-32b";
const VERSIONS = "/management/v1/orgs/acme/models/qwen-3-32b/versions";

describe("models and deploying", () => {
  let simulator: TestSimulator;

  beforeEach(async () => {
    simulator = await startTestSimulator({ scenario: "smooth" });
    await simulator.control("POST", "/clock", { paused: true });
  });

  afterEach(() => simulator.close());

  const deploy = (model: string) =>
    simulator.upstream(`${STATUS}:deployModel`, { method: "POST", body: JSON.stringify({ model }) });

  it("serves architectures, versions, and a version by number or alias", async () => {
    expect((await simulator.upstream("/management/v1/orgs/acme/models")).json).toEqual({
      model_architectures: ["qwen-3-32b"],
    });
    expect((await simulator.upstream(VERSIONS)).json).toMatchObject({
      model_versions: [{ done: true }, { done: true }],
    });
    const byNumber = await simulator.upstream(`${VERSIONS}/8`);
    expect(byNumber.json).toMatchObject({
      done: true,
      response: { version_aliases: ["v8-canary"], sync_status: "done" },
    });
    expect((await simulator.upstream(`${VERSIONS}/v8-canary`)).json).toEqual(byNumber.json);
    expect((await simulator.upstream(`${VERSIONS}/99`)).status).toBe(404);
  });

  it("serves versions changed by hand: a moved alias, one that is gone, one that is not synced", async () => {
    await simulator.control("PUT", "/versions/acme/qwen-3-32b", {
      aliases: { "v8-canary": 9 },
      gone: [7],
      syncStatus: { 9: "syncing" },
    });
    expect((await simulator.upstream(`${VERSIONS}/v8-canary`)).json).toMatchObject({
      name: "orgs/acme/models/qwen-3-32b/versions/9",
      response: { version_aliases: ["v8-canary"], sync_status: "syncing" },
    });
    expect((await simulator.upstream(`${VERSIONS}/8`)).json).toMatchObject({
      response: { version_aliases: [], sync_status: "done" },
    });
    expect((await simulator.upstream(`${VERSIONS}/7`)).status).toBe(404);
    await simulator.control("POST", "/scenario", { name: "smooth" });
    expect((await simulator.upstream(`${VERSIONS}/7`)).status).toBe(200);
  });

  it("deploys a version in the documented shape and begins a rollout", async () => {
    const { status, json } = await deploy("orgs/acme/models/qwen-3-32b/versions/v7-stable");
    expect(status).toBe(200);
    expect(json).toMatchObject({
      done: false,
      response: { endpoint_id: "acme-qwen-3-32b", version_id: 7, rollout_status: "not_started" },
    });
    expect(await simulator.newest(STATUS)).toMatchObject({ version_alias: "v7-stable", updated_replicas: 0 });
    await simulator.advance(100_000);
    expect(await simulator.newest(STATUS)).toMatchObject({ rollout_status: "done", updated_replicas: 12 });
  });

  it.each([
    ["orgs/acme/models/llama-3.3-70b/versions/1", 400],
    ["orgs/globex/models/qwen-3-32b/versions/1", 404],
    ["orgs/acme/models/qwen-3-32b/versions/no-such-alias", 404],
    ["version 8 please", 422],
  ])("refuses to deploy %s with %i", async (model, status) => {
    expect((await deploy(model)).status).toBe(status);
    expect(await simulator.newest(STATUS)).toMatchObject({ version_alias: "v8-canary" });
  });
});
