import { expect, it, vi } from "vitest";

import { startCerebras, startWatching, wire } from "./testing/watch-stage";

const path = "/management/v1/orgs/acme/models/qwen-3-32b/versions";

/** Versions 8 (in use) and 9, on a budget that allows many requests. */
async function watchVersions(settings: Parameters<typeof startWatching>[1] = {}) {
  const model = "orgs/acme/models/qwen-3-32b/versions/8";
  const cerebras = await startCerebras({
    "acme-one": [wire({ model, version_alias: "production", rollout_status: "done" })],
  });
  const body = {
    model_versions: [
      { version: 8, version_aliases: [], sync_status: "done" },
      { version: 9, version_aliases: ["production"], sync_status: "done" },
    ],
  };
  cerebras.outage = (asked) => (asked === path ? { body } : null);
  const watching = await startWatching(cerebras.url, { readVersions: 3_600_000, ...settings });
  const reads = () => cerebras.asked.filter(({ path: asked }) => asked.startsWith(path));
  return { cerebras, reads, ...watching };
}

it("reads the versions once at the start, and once for a new deployment", async () => {
  const { cerebras, reads, endpointStore } = await watchVersions();
  await vi.waitFor(() => expect(endpointStore.catalogs()).toHaveLength(1), { timeout: 5_000 });
  expect(endpointStore.catalogs()[0]).toMatchObject({
    ...{ org: "acme", modelArch: "qwen-3-32b", failure: null, gone: [] },
    versions: [{ version: "8" }, { version: "9", aliases: ["production"] }],
  });
  const asked = cerebras.asked.length;
  await vi.waitFor(() => expect(cerebras.asked.length).toBeGreaterThan(asked + 10), { timeout: 5_000 });
  expect(reads()).toHaveLength(1);

  const model = "orgs/acme/models/qwen-3-32b/versions/9";
  cerebras.known.set("acme-one", [wire({ id: "d9", model, created: 1_800_000_000 })]);
  await vi.waitFor(() => expect(reads()).toHaveLength(2), { timeout: 5_000 });
});

it("reads none if it is turned off", async () => {
  const { cerebras, reads } = await watchVersions({ readVersions: 0 });
  await vi.waitFor(() => expect(cerebras.asked.length).toBeGreaterThan(20), { timeout: 5_000 });
  expect(reads()).toEqual([]);
});
