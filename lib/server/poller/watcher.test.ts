import { describe, expect, it, vi } from "vitest";

import { latestObservation } from "@/lib/domain/rollout";

import { startCerebras, startWatching, wire } from "./testing/watch-stage";

const wait = { timeout: 8_000, interval: 10 };

function updatedOf(
  endpointStore: Awaited<ReturnType<typeof startWatching>>["endpointStore"],
  endpointId = "acme-one",
) {
  const [rollout] = endpointStore.get(endpointId)?.picture?.rollouts ?? [];
  return rollout === undefined ? null : latestObservation(rollout).state.updatedReplicas;
}

describe("the watcher", () => {
  it("shows and records what upstream reports, change by change", async () => {
    const cerebras = await startCerebras({ "acme-one": [wire({ updated_replicas: 5 })] });
    const { endpointStore, history } = await startWatching(cerebras.url, { pollActive: 200, pollIdle: 300 });
    for (const updated of [5, 6, 9]) {
      cerebras.known.set("acme-one", [wire({ updated_replicas: updated })]);
      await vi.waitFor(() => expect(updatedOf(endpointStore)).toBe(updated), wait);
    }
    const observations = await history.readObservations("acme-one", "d8");
    expect(observations.map(({ state }) => state.updatedReplicas)).toEqual([5, 6, 9]);
    for (const [index, { at, notBefore }] of observations.entries()) {
      const former = observations[index - 1];
      if (former === undefined) expect(notBefore).toBeNull();
      else expect(notBefore).toBeGreaterThanOrEqual(former.at);
      expect(notBefore ?? 0).toBeLessThan(at);
    }
    expect(await history.readRecentSpans("acme-one", 9)).toHaveLength(1);
  });

  it("polls once per interval and never twice at a time, however slow the replies are", async () => {
    const cerebras = await startCerebras({ "acme-one": [wire()] });
    cerebras.delay = 80;
    await startWatching(cerebras.url, { org: null, endpointIds: ["acme-one"], pollActive: 20, pollIdle: 20 });
    await vi.waitFor(() => expect(cerebras.asked.length).toBeGreaterThan(6), wait);
    expect(cerebras.mostAtOnce).toBe(1);
  });

  it("keeps the interval, measured from one request to the next", async () => {
    const cerebras = await startCerebras({ "acme-one": [wire()] });
    cerebras.delay = 30;
    await startWatching(cerebras.url, {
      org: null,
      endpointIds: ["acme-one"],
      pollActive: 100,
      pollIdle: 100,
    });
    await vi.waitFor(() => expect(cerebras.asked.length).toBeGreaterThan(10), wait);
    const [first, tenLater] = [cerebras.asked[0], cerebras.asked[10]];
    // On a busy machine single requests arrive late, so ten are measured together.
    expect((tenLater?.tick ?? 0) - (first?.tick ?? 0)).toBeGreaterThan(10 * 85);
  });

  it("polls active endpoints more often than idle ones", async () => {
    const cerebras = await startCerebras({
      "acme-rolling": [wire()],
      "acme-resting": [wire({ rollout_status: "done" })],
      "acme-empty": [],
    });
    const { endpointStore } = await startWatching(cerebras.url, { pollActive: 30, pollIdle: 300 });
    await vi.waitFor(() => expect(cerebras.countOf("acme-rolling")).toBeGreaterThan(15), wait);
    expect(cerebras.countOf("acme-resting")).toBeLessThan(7);
    expect(cerebras.countOf("acme-empty")).toBeLessThan(7);
    expect(endpointStore.all().map(({ endpointId, interval }) => [endpointId, interval])).toEqual([
      ["acme-rolling", 30],
      ["acme-resting", 300],
      ["acme-empty", 300],
    ]);
  });

  it("polls an endpoint as soon as the listing names it, and configured ones from the start", async () => {
    const cerebras = await startCerebras({ "acme-one": [wire()], "other-org": [wire()] });
    const { endpointStore } = await startWatching(cerebras.url, { endpointIds: ["other-org"] });
    await vi.waitFor(() => expect(updatedOf(endpointStore)).toBe(5), wait);
    expect(updatedOf(endpointStore, "other-org")).toBe(5);
    cerebras.known.set("acme-new", [wire({ updated_replicas: 1 })]);
    await vi.waitFor(() => expect(updatedOf(endpointStore, "acme-new")).toBe(1), wait);
  });

  it("requests no listing without an organization", async () => {
    const cerebras = await startCerebras({ "acme-one": [wire()], "acme-two": [wire()] });
    const { endpointStore } = await startWatching(cerebras.url, { org: null, endpointIds: ["acme-one"] });
    await vi.waitFor(() => expect(cerebras.countOf("acme-one")).toBeGreaterThan(3), wait);
    expect(new Set(cerebras.asked.map(({ path }) => path))).toEqual(
      new Set(["/management/v1/endpoints/acme-one"]),
    );
    expect(endpointStore.listing()).toBeNull();
  });

  it("stays within the request budget with many endpoints, and reports the stretched interval", async () => {
    const names = Array.from({ length: 60 }, (_, index) => `acme-${index}`);
    const cerebras = await startCerebras(Object.fromEntries(names.map((name) => [name, [wire()]])));
    const { endpointStore } = await startWatching(cerebras.url, {
      pollActive: 10,
      pollIdle: 10,
      maxRequestsPerMinute: 25,
    });
    await vi.waitFor(() => expect(cerebras.asked.length).toBeGreaterThanOrEqual(25), wait);
    await vi.waitFor(() => expect(endpointStore.stretchedTo()).toBeGreaterThan(60_000), wait);
    const later = performance.now() + 400;
    await vi.waitFor(() => expect(performance.now()).toBeGreaterThan(later), wait);
    expect(cerebras.asked.length).toBe(25);
  });

  it("polls sooner if the interval has become shorter than the planned wait", async () => {
    const resting = ["acme-1", "acme-2", "acme-3", "acme-4"];
    const done = wire({ rollout_status: "done" });
    const cerebras = await startCerebras({
      ...Object.fromEntries(resting.map((name) => [name, [done]])),
      "acme-rolling": [wire()],
    });
    // One active endpoint takes 1,200 requests a minute. 80 are left for four idle ones, which are configured for 800.
    const { endpointStore, history } = await startWatching(cerebras.url, {
      org: null,
      endpointIds: [...resting, "acme-rolling"],
      pollActive: 50,
      pollIdle: 300,
      maxRequestsPerMinute: 1_423,
    });
    const waits = () =>
      resting.map((name) => (endpointStore.get(name)?.nextPoll?.tick ?? 0) - performance.now());
    await vi.waitFor(() => expect(Math.min(...waits())).toBeGreaterThan(1_500), wait);
    cerebras.known.set("acme-rolling", [done]);
    await vi.waitFor(() => expect(endpointStore.get("acme-rolling")?.interval).toBe(300), wait);
    const asked = resting.map((name) => cerebras.countOf(name));
    const startedAt = performance.now();
    await vi.waitFor(() => {
      for (const [index, name] of resting.entries()) {
        expect(cerebras.countOf(name)).toBeGreaterThan(asked[index] ?? 0);
      }
    }, wait);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    for (const name of resting) expect(await history.readRecentSpans(name, 9)).toHaveLength(1);
  });

  it("polls nothing after it was stopped, and leaves no timer", async () => {
    const cerebras = await startCerebras({ "acme-one": [wire()], "acme-two": [wire()] });
    cerebras.delay = 20;
    const { stop, endpointStore } = await startWatching(cerebras.url, { pollActive: 10, pollIdle: 10 });
    await vi.waitFor(() => expect(updatedOf(endpointStore)).toBe(5), wait);
    await stop();
    const asked = cerebras.asked.length;
    const { revision } = endpointStore;
    const before = revision();
    const later = performance.now() + 150;
    await vi.waitFor(() => expect(performance.now()).toBeGreaterThan(later), wait);
    expect(cerebras.asked.length).toBe(asked);
    expect(endpointStore.revision()).toBe(before);
  });
});
