import { describe, expect, it, vi } from "vitest";

import { startCerebras, startWatching, wire } from "./testing/watch-stage";

const hour = 3_600_000;
/** Instants on the wire are seconds. */
const created = 1_700_000_000;
const done = wire({ id: "d1", rollout_status: "done", created });
/** A listing counts for two idle intervals, and a busy machine may be late. */
const cadence = { pollActive: 30, pollIdle: 10_000, pollListing: 30, pollCovered: hour };

async function startIdle(ids: readonly string[], changes: Partial<typeof cadence> = {}) {
  const cerebras = await startCerebras(Object.fromEntries(ids.map((id) => [id, [done]])));
  for (const id of ids) cerebras.updated.set(id, created);
  const watched = await startWatching(cerebras.url, { ...cadence, ...changes });
  const stateOf = (id: string) => watched.endpointStore.get(id);
  const untilCovered = () => vi.waitFor(() => expect(ids.every((id) => stateOf(id)?.isCovered)).toBe(true));
  return { ...watched, cerebras, stateOf, untilCovered };
}

/** A number of listings from now on. */
async function pass(cerebras: Awaited<ReturnType<typeof startCerebras>>, listings: number): Promise<void> {
  const before = cerebras.countOf("/endpoints");
  await vi.waitFor(() => expect(cerebras.countOf("/endpoints")).toBeGreaterThanOrEqual(before + listings));
}

describe("the watcher with a listing that shows updates", () => {
  it("needs one poll of an endpoint to know that the listing shows its changes", async () => {
    const { cerebras, untilCovered } = await startIdle(["acme-one", "acme-two"]);
    await untilCovered();
    await pass(cerebras, 3);
    expect([cerebras.countOf("/acme-one"), cerebras.countOf("/acme-two")]).toEqual([1, 1]);
  });

  it("leaves unchanged endpoints alone, and polls one at once when its update moves", async () => {
    const { cerebras, untilCovered, stateOf } = await startIdle(["acme-one", "acme-two"]);
    await untilCovered();
    const before = [cerebras.countOf("/acme-one"), cerebras.countOf("/acme-two")];
    await pass(cerebras, 5);
    expect([cerebras.countOf("/acme-one"), cerebras.countOf("/acme-two")]).toEqual(before);
    cerebras.known.set("acme-one", [wire({ id: "d2", created: created + 60 }), done]);
    cerebras.updated.set("acme-one", created + 60);
    await vi.waitFor(() => expect(stateOf("acme-one")?.picture?.rollouts).toHaveLength(2));
    // A rollout is under way: polled at the active interval.
    expect(stateOf("acme-one")).toMatchObject({ isCovered: false, interval: cadence.pollActive });
    expect(stateOf("acme-two")?.isCovered).toBe(true);
    expect(cerebras.countOf("/acme-two")).toBe(before[1]);
  });

  it("polls an endpoint as before once it changed without a move, and says why", async () => {
    const { cerebras, untilCovered, stateOf } = await startIdle(["acme-one"], {
      pollIdle: 200,
      pollCovered: 300,
    });
    await untilCovered();
    cerebras.known.set("acme-one", [wire({ id: "d1", rollout_status: "done", created, total_replicas: 13 })]);
    await vi.waitFor(() => expect(stateOf("acme-one")?.hint.failure?.reason).toBe("unmoved"));
    const before = cerebras.countOf("/acme-one");
    await vi.waitFor(() => expect(cerebras.countOf("/acme-one")).toBeGreaterThan(before + 3));
    expect(stateOf("acme-one")).toMatchObject({ isCovered: false, interval: 200 });
  });

  it("polls an endpoint as before while an older rollout is under way", async () => {
    const { cerebras, untilCovered, stateOf } = await startIdle(["acme-one"], { pollIdle: 200 });
    await untilCovered();
    const failed = wire({ id: "d2", rollout_status: "error", created: created + 60 });
    cerebras.known.set("acme-one", [failed, wire({ id: "d1", created })]);
    cerebras.updated.set("acme-one", created + 60);
    await vi.waitFor(() => expect(stateOf("acme-one")?.picture?.rollouts).toHaveLength(2));
    await pass(cerebras, 5);
    expect(stateOf("acme-one")).toMatchObject({ isCovered: false, interval: 200 });
  });

  it("tries again after the idle interval if the poll that a move causes fails", async () => {
    const { cerebras, untilCovered, stateOf } = await startIdle(["acme-one"], { pollIdle: 200 });
    await untilCovered();
    cerebras.outage = (path) => (path.endsWith("/acme-one") ? { status: 503 } : null);
    cerebras.known.set("acme-one", [wire({ id: "d2", created: created + 60 }), done]);
    cerebras.updated.set("acme-one", created + 60);
    await vi.waitFor(() => expect(stateOf("acme-one")?.failures).not.toBeNull());
    cerebras.outage = () => null;
    await vi.waitFor(() => expect(stateOf("acme-one")?.picture?.rollouts).toHaveLength(2), 20_000);
  });

  it("polls every endpoint as before while the listing fails", async () => {
    const { cerebras, untilCovered, stateOf } = await startIdle(["acme-one"], { pollIdle: 200 });
    await untilCovered();
    cerebras.outage = (path) => (path.endsWith("/endpoints") ? { status: 500 } : null);
    await vi.waitFor(() => expect(stateOf("acme-one")?.isCovered).toBe(false));
    const before = cerebras.countOf("/acme-one");
    await vi.waitFor(() => expect(cerebras.countOf("/acme-one")).toBeGreaterThan(before + 3));
    cerebras.outage = () => null;
    await untilCovered();
  });
});
