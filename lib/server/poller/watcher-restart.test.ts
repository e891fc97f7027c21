import { describe, expect, it, vi } from "vitest";

import { latestObservation } from "@/lib/domain/rollout";
import { systemClock, type Clock } from "@/lib/server/clock";

import { newHistoryFile, readSpans, startCerebras, startWatching, wire } from "./testing/watch-stage";

type Watching = Awaited<ReturnType<typeof startWatching>>;

function updatedOf({ endpointStore }: Watching, endpointId = "acme-one") {
  const [rollout] = endpointStore.get(endpointId)?.picture?.rollouts ?? [];
  return rollout === undefined ? null : latestObservation(rollout).state.updatedReplicas;
}

async function untilSeen(watching: Watching, updated: number): Promise<void> {
  await vi.waitFor(() => expect(updatedOf(watching)).toBe(updated));
  await vi.waitFor(() => expect(watching.endpointStore.get("acme-one")?.isFromHistory).toBe(false));
}

/** A clock one second ahead, which is more than two intervals, so that a poll by this clock follows a gap. */
const ahead: Clock = () => {
  const { at, tick } = systemClock();
  return { at: at + 1_000, tick };
};

describe("after an interruption", () => {
  it.each([
    ["by a shutdown", true],
    ["by a kill", false],
  ])("%s history continues with a gap and no duplicates", async (_, shutsDown) => {
    const cerebras = await startCerebras({ "acme-one": [wire({ updated_replicas: 5 })] });
    const file = newHistoryFile();
    const before = await startWatching(cerebras.url, { file });
    await untilSeen(before, 5);
    if (shutsDown) await before.stop();
    else await before.watcher.stop();
    const [left] = await before.history.readRecentSpans("acme-one", 1).catch(() => []);
    const after = await startWatching(cerebras.url, { clock: ahead, file });
    expect(updatedOf(after)).toBe(5);
    await untilSeen(after, 5);
    expect(await after.history.readObservations("acme-one", "d8")).toHaveLength(1);
    const [newest, former] = await readSpans(after.history);
    expect(former?.brokenBy).toMatchObject({ code: "not_running" });
    if (left !== undefined) expect(former?.until).toBe(left.until);
    expect(newest?.from).toBeGreaterThan((former?.until ?? 0) + 120);
    cerebras.known.set("acme-one", [wire({ updated_replicas: 6 })]);
    await untilSeen(after, 6);
    const [first, second] = await after.history.readObservations("acme-one", "d8");
    expect(second?.notBefore).toBeGreaterThan(first?.at ?? Number.POSITIVE_INFINITY);
  });

  it("a change during the stop lies between the last observation before it and the first one after it", async () => {
    const cerebras = await startCerebras({ "acme-one": [wire({ updated_replicas: 5 })] });
    const file = newHistoryFile();
    const before = await startWatching(cerebras.url, { file });
    await untilSeen(before, 5);
    await before.watcher.stop();
    const [left] = await before.history.readRecentSpans("acme-one", 1);
    cerebras.known.set("acme-one", [wire({ updated_replicas: 12, rollout_status: "done" })]);
    const after = await startWatching(cerebras.url, { file });
    await untilSeen(after, 12);
    const [, change] = await after.history.readObservations("acme-one", "d8");
    expect(change?.state.status).toBe("done");
    expect(change?.notBefore).toBe(left?.until);
    expect((await after.history.readRolloutFacts("acme-one", "d8"))?.endedAt).toBe(change?.at);
  });

  it("history also continues if the replies name no organization", async () => {
    const cerebras = await startCerebras({
      "acme-one": [wire({ updated_replicas: 12, rollout_status: "done" })],
    });
    cerebras.org = null;
    const file = newHistoryFile();
    const before = await startWatching(cerebras.url, { file });
    await untilSeen(before, 12);
    cerebras.known.set("acme-one", [wire({ id: "d9", created: 1_700_000_100 })]);
    await untilSeen(before, 5);
    const facts = await before.history.readRolloutFacts("acme-one", "d8");
    const observations = await before.history.readObservations("acme-one", "d9");
    await before.stop();
    const after = await startWatching(cerebras.url, { file });
    await untilSeen(after, 5);
    expect(await after.history.readRolloutFacts("acme-one", "d8")).toEqual(facts);
    expect(await after.history.readObservations("acme-one", "d9")).toEqual(observations);
  });

  it("an endpoint of another organization is neither polled nor shown", async () => {
    const cerebras = await startCerebras({ "acme-one": [wire()], "globex-one": [wire()] });
    const file = newHistoryFile();
    const before = await startWatching(cerebras.url, { file, org: null, endpointIds: ["globex-one"] });
    await vi.waitFor(() => expect(updatedOf(before, "globex-one")).toBe(5));
    await before.stop();
    cerebras.known.delete("globex-one");
    cerebras.asked.length = 0;
    const after = await startWatching(cerebras.url, { file, org: null, endpointIds: ["acme-one"] });
    await untilSeen(after, 5);
    expect(after.endpointStore.get("globex-one")).toBeUndefined();
    expect(cerebras.countOf("globex-one")).toBe(0);
  });

  it("a delisted endpoint stays delisted, since the same instant", async () => {
    const cerebras = await startCerebras({ "acme-one": [wire()], "acme-two": [wire()] });
    const file = newHistoryFile();
    const before = await startWatching(cerebras.url, { file });
    await untilSeen(before, 5);
    cerebras.known.delete("acme-one");
    await vi.waitFor(() =>
      expect(before.endpointStore.get("acme-one")?.failures?.cause.code).toBe("no_longer_listed"),
    );
    const since = before.endpointStore.get("acme-one")?.picture?.facts.removedSince;
    await before.stop();
    const after = await startWatching(cerebras.url, { file });
    expect(after.endpointStore.get("acme-one")?.failures?.cause).toMatchObject({
      code: "no_longer_listed",
      since,
    });
    expect(updatedOf(after)).toBe(5);
    cerebras.known.set("acme-one", [wire({ updated_replicas: 9 })]);
    await untilSeen(after, 9);
    expect(after.endpointStore.get("acme-one")?.failures).toBeNull();
  });

  it("a gap that began with a failure before the restart keeps that cause", async () => {
    const cerebras = await startCerebras({ "acme-one": [wire()] });
    const file = newHistoryFile();
    const before = await startWatching(cerebras.url, { file, org: null, endpointIds: ["acme-one"] });
    await untilSeen(before, 5);
    cerebras.outage = () => ({ status: 401 });
    await vi.waitFor(() => expect(before.endpointStore.get("acme-one")?.failures).not.toBeNull());
    await before.stop();
    cerebras.outage = () => null;
    const after = await startWatching(cerebras.url, {
      clock: ahead,
      file,
      org: null,
      endpointIds: ["acme-one"],
    });
    await untilSeen(after, 5);
    const [, former] = await readSpans(after.history);
    expect(former?.brokenBy).toMatchObject({ code: "key_rejected" });
  });

  it("a gap that the restart caused keeps that cause if Cerebras fails at the start", async () => {
    const cerebras = await startCerebras({ "acme-one": [wire()] });
    const file = newHistoryFile();
    const before = await startWatching(cerebras.url, { file, org: null, endpointIds: ["acme-one"] });
    await untilSeen(before, 5);
    await before.stop();
    cerebras.outage = () => ({ status: 500 });
    const after = await startWatching(cerebras.url, {
      clock: ahead,
      file,
      org: null,
      endpointIds: ["acme-one"],
    });
    await vi.waitFor(() => expect(after.endpointStore.get("acme-one")?.failures?.count).toBeGreaterThan(3));
    cerebras.outage = () => null;
    await untilSeen(after, 5);
    const [, former] = await readSpans(after.history);
    expect(former?.brokenBy).toMatchObject({ code: "not_running" });
  });
});
