import { expect, it, onTestFinished, vi } from "vitest";

import type { ModelVersion } from "@/lib/domain/model-version";
import { systemClock } from "@/lib/server/clock";
import { createLog } from "@/lib/server/log";
import { keepReply } from "@/lib/server/upstream/raw-reply";

import { createRequestQueue } from "./request-queue";
import { createVersionReader } from "./version-reader";
import { createTimers } from "./timers";
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

it("leaves the polls their pace while it waits for an answer", async () => {
  const { cerebras, reads } = await watchVersions({ patience: 3_000 });
  const answered = reads().length;
  cerebras.hanging.add(path);
  // Another deployment has the versions read once more.
  const model = "orgs/acme/models/qwen-3-32b/versions/7";
  cerebras.known.set("acme-two", [wire({ id: "d1", model, version_alias: "production" })]);
  await vi.waitFor(() => expect(reads().length).toBeGreaterThan(answered), { timeout: 10_000 });
  const polls = () => cerebras.countOf("/endpoints/acme-one");
  const before = polls();
  await vi.waitFor(() => expect(polls()).toBeGreaterThan(before + 20), { timeout: 20_000 });
});

it("lets every poll that waits go first, whichever came first", async () => {
  const { endpointStore } = await watchVersions({ readVersions: 0 });
  await vi.waitFor(() => expect(endpointStore.all()).toHaveLength(1), { timeout: 5_000 });
  const requests = createRequestQueue({ atOnce: 1, most: 100, tick: () => performance.now() });
  const timers = createTimers();
  onTestFinished(() => timers.clear());
  const order: string[] = [];
  let answer: () => void = () => undefined;
  const underWay = requests.add(() => new Promise<void>((resolve) => (answer = resolve)), 0);
  let isBegun = false;
  const mayGoOn = () => {
    isBegun = true;
    return Promise.resolve(true);
  };
  const version: ModelVersion = { version: "8", aliases: ["production"], syncStatus: "done" };
  const report = [version];
  const raw = keepReply(Buffer.from("{}"), []);
  createVersionReader({
    settings: {
      ...{ org: "acme", endpointIds: [], pollActive: 30, pollIdle: 60, pollCovered: 0, pollListing: 20 },
      ...{ maxRequestsPerMinute: 100_000, readVersions: 3_600_000 },
    },
    client: {
      findHold: () => null,
      listVersions: () => {
        order.push("versions");
        return Promise.resolve({ report, raw });
      },
      readVersion: () => Promise.resolve({ report: version, raw }),
    },
    ...{ requests, timers, endpointStore, clock: systemClock, mayGoOn },
    log: createLog(
      () => [],
      () => undefined,
    ),
  }).begin();
  await vi.waitFor(() => expect(isBegun).toBe(true), { timeout: 5_000 });
  await new Promise((resolve) => setImmediate(resolve));
  const polls = ["first", "second"].map((name, nth) =>
    requests.add(() => Promise.resolve(order.push(name)), -nth),
  );
  answer();
  await Promise.all([underWay, ...polls]);
  await vi.waitFor(() => expect(order).toEqual(["first", "second", "versions"]), { timeout: 5_000 });
});
