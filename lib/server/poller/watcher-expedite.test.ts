import { expect, it, vi } from "vitest";

import { startCerebras, startWatching, wire } from "./testing/watch-stage";

const quiet = wire({ rollout_status: "done" });

it("polls an endpoint early on request, once however often it is requested", async () => {
  const cerebras = await startCerebras({ "acme-one": [quiet], "acme-two": [quiet] });
  const settings = { org: null, endpointIds: ["acme-one", "acme-two"], pollActive: 1, pollIdle: 60_000 };
  const { watcher, endpointStore } = await startWatching(cerebras.url, settings);
  await vi.waitFor(() => expect(endpointStore.get("acme-one")?.nextPoll).not.toBeNull());
  for (let time = 0; time < 5; time += 1) watcher.pollSoon("acme-one");
  watcher.pollSoon("acme-none");
  await vi.waitFor(() => expect(cerebras.countOf("/acme-one")).toBe(2));
  await vi.waitFor(() =>
    expect(endpointStore.get("acme-one")?.nextPoll?.tick).toBeGreaterThan(performance.now() + 10_000),
  );
  expect([cerebras.countOf("/acme-one"), cerebras.countOf("/acme-two")]).toEqual([2, 1]);
});

it("never polls earlier than one on which something moves, nor one that fails before its turn", async () => {
  const cerebras = await startCerebras({ "acme-one": [quiet] });
  const settings = {
    org: null,
    endpointIds: ["acme-one", "acme-gone"],
    pollActive: 40_000,
    pollIdle: 60_000,
  };
  const { watcher, endpointStore } = await startWatching(cerebras.url, settings);
  const next = (id: string) => endpointStore.get(id)?.nextPoll?.tick ?? 0;
  await vi.waitFor(() => expect(endpointStore.get("acme-gone")?.failures).not.toBeNull());
  await vi.waitFor(() => expect(next("acme-one")).toBeGreaterThan(performance.now()));
  const failing = next("acme-gone");
  watcher.pollSoon("acme-one");
  watcher.pollSoon("acme-gone");
  expect(next("acme-one")).toBeCloseTo((endpointStore.get("acme-one")?.observedTick ?? 0) + 40_000, -1);
  expect(next("acme-gone")).toBe(failing);
});

it("requests the listing again at once if the key was replaced during the request", async () => {
  const cerebras = await startCerebras({ "acme-one": [wire()] });
  let key = "csk-old-management-key";
  cerebras.delay = 100;
  const { watcher, endpointStore } = await startWatching(cerebras.url, { key: () => key });
  await vi.waitFor(() => expect(cerebras.asked).toHaveLength(1));
  key = cerebras.key;
  watcher.retryFailing();
  watcher.retryFailing();
  await vi.waitFor(() => expect(endpointStore.get("acme-one")?.picture).toBeTruthy());
  expect(endpointStore.listing()?.failures).toBeNull();
});

it("keeps the interval if it was hastened during a request that succeeded", async () => {
  const cerebras = await startCerebras({ "acme-one": [wire()] });
  const settings = { org: null, endpointIds: ["acme-one"], pollActive: 60_000, pollIdle: 60_000 };
  cerebras.delay = 50;
  const { watcher, endpointStore } = await startWatching(cerebras.url, settings);
  await vi.waitFor(() => expect(cerebras.asked).toHaveLength(1));
  watcher.retryFailing();
  await vi.waitFor(() => expect(endpointStore.get("acme-one")?.nextPoll).toBeTruthy());
  const { at = 0 } = endpointStore.get("acme-one")?.nextPoll ?? {};
  expect(at - Date.now()).toBeGreaterThan(50_000);
});
