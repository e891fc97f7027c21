import { describe, expect, it, vi } from "vitest";

import { latestObservation } from "@/lib/domain/rollout";

import { readSpans, startCerebras, startWatching, wire } from "./testing/watch-stage";

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
      await vi.waitFor(() => expect(updatedOf(endpointStore)).toBe(updated));
    }
    const observations = await history.readObservations("acme-one", "d8");
    expect(observations.map(({ state }) => state.updatedReplicas)).toEqual([5, 6, 9]);
    for (const [index, { at, notBefore }] of observations.entries()) {
      const former = observations[index - 1];
      if (former === undefined) expect(notBefore).toBeNull();
      else expect(notBefore).toBeGreaterThanOrEqual(former.at);
      expect(notBefore ?? 0).toBeLessThan(at);
    }
    expect(await readSpans(history)).toHaveLength(1);
  });

  it("logs an unread field that looks like a count or an error once, without its value", async () => {
    const cerebras = await startCerebras({ "acme-one": [wire({ replicas_done: 41, region: "eu" })] });
    const { lines } = await startWatching(cerebras.url, { pollActive: 10, pollIdle: 10 });
    for (const last_error of ["first secret", "second secret"]) {
      const asked = cerebras.asked.length;
      cerebras.known.set("acme-one", [wire({ replicas_done: 42, last_error })]);
      await vi.waitFor(() => expect(cerebras.asked.length).toBeGreaterThan(asked + 2));
    }
    const logged = lines.filter((line) => line.includes("unread field"));
    expect(logged).toHaveLength(2);
    expect(logged[0]).toContain('"replicas_done"');
    expect(logged[1]).toContain("looks like an error");
    expect(logged.join("")).not.toMatch(/4[12],|secret|region/);
  });

  it("polls once per interval and never twice at a time, however slow the replies are", async () => {
    const cerebras = await startCerebras({ "acme-one": [wire()] });
    cerebras.delay = 80;
    await startWatching(cerebras.url, { org: null, endpointIds: ["acme-one"], pollActive: 20, pollIdle: 20 });
    await vi.waitFor(() => expect(cerebras.asked.length).toBeGreaterThan(6));
    expect(cerebras.mostAtOnce).toBe(1);
  });

  it("keeps the interval, measured from one request to the next", async () => {
    const cerebras = await startCerebras({ "acme-one": [wire()] });
    cerebras.delay = 30;
    // Measured where they are sent, because on a busy machine they arrive late.
    const sent: number[] = [];
    await startWatching(cerebras.url, {
      org: null,
      endpointIds: ["acme-one"],
      pollActive: 100,
      pollIdle: 100,
      key: () => {
        sent.push(performance.now());
        return cerebras.key;
      },
    });
    await vi.waitFor(() => expect(sent.length).toBeGreaterThan(10));
    expect((sent[10] ?? 0) - (sent[0] ?? 0)).toBeGreaterThan(10 * 85);
  });

  it("polls active endpoints more often than idle ones", async () => {
    const cerebras = await startCerebras({
      "acme-rolling": [wire()],
      "acme-resting": [wire({ rollout_status: "done" })],
      "acme-empty": [],
    });
    const { endpointStore } = await startWatching(cerebras.url, { pollActive: 30, pollIdle: 60_000 });
    await vi.waitFor(() => expect(cerebras.countOf("acme-rolling")).toBeGreaterThan(15));
    expect(cerebras.countOf("acme-resting")).toBe(1);
    expect(cerebras.countOf("acme-empty")).toBe(1);
    expect(endpointStore.all().map(({ endpointId, interval }) => [endpointId, interval])).toEqual([
      ["acme-rolling", 30],
      ["acme-resting", 60_000],
      ["acme-empty", 60_000],
    ]);
  });

  it("polls an endpoint as soon as the listing names it, and configured ones from the start", async () => {
    const cerebras = await startCerebras({ "acme-one": [wire()], "other-org": [wire()] });
    const { endpointStore } = await startWatching(cerebras.url, { endpointIds: ["other-org"] });
    await vi.waitFor(() => expect(updatedOf(endpointStore)).toBe(5));
    expect(updatedOf(endpointStore, "other-org")).toBe(5);
    cerebras.known.set("acme-new", [wire({ updated_replicas: 1 })]);
    await vi.waitFor(() => expect(updatedOf(endpointStore, "acme-new")).toBe(1));
  });

  it("requests no listing without an organization", async () => {
    const cerebras = await startCerebras({ "acme-one": [wire()], "acme-two": [wire()] });
    const { endpointStore } = await startWatching(cerebras.url, { org: null, endpointIds: ["acme-one"] });
    await vi.waitFor(() => expect(cerebras.countOf("acme-one")).toBeGreaterThan(3));
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
    await vi.waitFor(() => expect(cerebras.asked.length).toBeGreaterThanOrEqual(25));
    await vi.waitFor(() => expect(endpointStore.stretchedTo()).toBeGreaterThan(60_000));
    const later = performance.now() + 400;
    await vi.waitFor(() => expect(performance.now()).toBeGreaterThan(later));
    expect(cerebras.asked.length).toBe(25);
  });

  it("polls sooner if the interval has become shorter than the planned wait", async () => {
    const resting = ["acme-1", "acme-2", "acme-3", "acme-4"];
    const done = wire({ rollout_status: "done" });
    const cerebras = await startCerebras({
      ...Object.fromEntries(resting.map((name) => [name, [done]])),
      "acme-rolling": [wire()],
    });
    // One active endpoint takes 1,200 requests a minute. 12 are left for four idle ones, which are configured for 120.
    const { endpointStore, history } = await startWatching(cerebras.url, {
      org: null,
      endpointIds: [...resting, "acme-rolling"],
      pollActive: 50,
      pollIdle: 2_000,
      maxRequestsPerMinute: 1_347,
    });
    const waits = () =>
      resting.map((name) => (endpointStore.get(name)?.nextPoll?.tick ?? 0) - performance.now());
    await vi.waitFor(() => expect(Math.min(...waits())).toBeGreaterThan(15_000));
    cerebras.known.set("acme-rolling", [done]);
    await vi.waitFor(() => expect(endpointStore.get("acme-rolling")?.interval).toBe(2_000));
    const asked = resting.map((name) => cerebras.countOf(name));
    const startedAt = performance.now();
    await vi.waitFor(() => {
      for (const [index, name] of resting.entries()) {
        expect(cerebras.countOf(name)).toBeGreaterThan(asked[index] ?? 0);
      }
    });
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    for (const name of resting) expect(await readSpans(history, name)).toHaveLength(1);
  });

  it("polls nothing after it was stopped, and leaves no timer", async () => {
    const cerebras = await startCerebras({ "acme-one": [wire()], "acme-two": [wire()] });
    cerebras.delay = 20;
    const { stop, endpointStore } = await startWatching(cerebras.url, { pollActive: 10, pollIdle: 10 });
    await vi.waitFor(() => expect(updatedOf(endpointStore)).toBe(5));
    await stop();
    const asked = cerebras.asked.length;
    const { revision } = endpointStore;
    const before = revision();
    const later = performance.now() + 150;
    await vi.waitFor(() => expect(performance.now()).toBeGreaterThan(later));
    expect(cerebras.asked.length).toBe(asked);
    expect(endpointStore.revision()).toBe(before);
  });
});
