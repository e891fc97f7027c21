import { describe, expect, it, vi } from "vitest";

import { judgeFreshness } from "@/lib/domain/freshness";
import { latestObservation } from "@/lib/domain/rollout";

import { systemClock } from "@/lib/server/clock";
import { newHistoryFile, readSpans, startCerebras, startWatching, wire } from "./testing/watch-stage";

const day = 86_400_000;

/** A wall clock that can be set; the monotonic clock is the real one. */
function settableClock() {
  let offset = 0;
  return {
    clock: () => {
      const { at, tick } = systemClock();
      return { at: at + offset, tick };
    },
    set: (milliseconds: number) => {
      offset = milliseconds;
    },
  };
}

async function until(watching: Awaited<ReturnType<typeof startWatching>>, updated: number): Promise<void> {
  await vi.waitFor(() => {
    const [rollout] = watching.endpointStore.get("acme-one")?.picture?.rollouts ?? [];
    expect(rollout && latestObservation(rollout).state.updatedReplicas).toBe(updated);
  });
}

describe("a wall clock that is set", () => {
  it.each([
    ["back a day", -day, ["was set back", "was asleep"]],
    ["forward a day", day, ["was asleep", "was set back"]],
  ])("%s keeps the order, is marked by a gap, and keeps the view live", async (_, offset, causes) => {
    const { clock, set } = settableClock();
    const cerebras = await startCerebras({ "acme-one": [wire({ updated_replicas: 1 })] });
    const watching = await startWatching(cerebras.url, { clock, pollActive: 400, pollIdle: 400 });
    await until(watching, 1);
    set(offset);
    for (const updated of [2, 3, 4]) {
      cerebras.known.set("acme-one", [wire({ updated_replicas: updated })]);
      await until(watching, updated);
    }
    set(0);
    cerebras.known.set("acme-one", [wire({ updated_replicas: 5 })]);
    await until(watching, 5);
    const observations = await watching.history.readObservations("acme-one", "d8");
    expect(observations.map(({ state }) => state.updatedReplicas)).toEqual([1, 2, 3, 4, 5]);
    for (const { at, notBefore } of observations) expect(notBefore ?? 0).toBeLessThan(at);
    const spans = (await readSpans(watching.history)).toReversed();
    expect(spans.at(-1)?.until).toBeLessThanOrEqual(clock().at);
    expect(observations.at(-1)?.at).toBeLessThanOrEqual(clock().at);
    for (const [nth, span] of spans.slice(1).entries())
      expect(span.from).toBeGreaterThan(spans[nth]?.until ?? 0);
    const messages = spans.slice(0, -1).map(({ brokenBy }) => brokenBy?.message ?? "");
    expect(messages).toHaveLength(causes.length);
    for (const [nth, cause] of causes.entries()) expect(messages[nth]).toContain(cause);
    expect(watching.endpointStore.get("acme-one")?.failures).toBeNull();
  });

  it.each([
    ["behind the last observation", -day],
    ["far ahead of it", day],
  ])("%s while Rollcall was down does not make an old state live", async (_, offset) => {
    const { clock, set } = settableClock();
    const file = newHistoryFile();
    const cerebras = await startCerebras({ "acme-one": [wire({ updated_replicas: 5 })] });
    const settings = { clock, file, org: null, endpointIds: ["acme-one"] };
    const before = await startWatching(cerebras.url, settings);
    await until(before, 5);
    await before.stop();
    set(offset);
    cerebras.delay = 300;
    const after = await startWatching(cerebras.url, settings);
    const endpointState = after.endpointStore.get("acme-one");
    if (endpointState === undefined) throw new Error("The endpoint was not loaded from history.");
    const age = after.endpointStore.get("acme-one")?.observedTick ?? 0;
    const judged = judgeFreshness({
      observedAt: 0,
      interval: endpointState.interval,
      failures: endpointState.failures,
      now: clock().tick - age,
    });
    expect(judged.state).not.toBe("live");
    cerebras.delay = 0;
    cerebras.known.set("acme-one", [wire({ updated_replicas: 6 })]);
    await until(after, 6);
    const observations = await after.history.readObservations("acme-one", "d8");
    expect(observations.map(({ state }) => state.updatedReplicas)).toEqual([5, 6]);
    expect((await readSpans(after.history))[1]?.brokenBy).toMatchObject({
      code: "not_running",
    });
  });
});
