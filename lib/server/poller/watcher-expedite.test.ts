import { expect, it, vi } from "vitest";

import { startCerebras, startWatching, wire } from "./testing/watch-stage";

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
