import { describe, expect, it, vi } from "vitest";

import { isBlind } from "@/lib/domain/freshness";
import { latestObservation } from "@/lib/domain/rollout";

import { readSpans, startCerebras, startWatching, wire } from "./testing/watch-stage";

type Watching = Awaited<ReturnType<typeof startWatching>>;

function updatedOf({ endpointStore }: Watching, endpointId = "acme-one") {
  const [rollout] = endpointStore.get(endpointId)?.picture?.rollouts ?? [];
  return rollout === undefined ? null : latestObservation(rollout).state.updatedReplicas;
}

function causeOf({ endpointStore }: Watching, endpointId = "acme-one") {
  return endpointStore.get(endpointId)?.failures?.cause.code ?? null;
}

async function untilSeen(watching: Watching, endpointId = "acme-one"): Promise<void> {
  await vi.waitFor(() => expect(updatedOf(watching, endpointId)).toBe(5));
}

describe("while Cerebras fails", () => {
  it.each([
    ["upstream_error", { status: 500 }],
    ["unreachable", { isDropped: true }],
    ["unexpected_redirect", { status: 302, headers: { location: "/elsewhere" } }],
    ["unreadable_reply", { body: "<h1>Sign in</h1>" }],
    ["unreadable_reply", { body: [] }],
    ["unreadable_reply", { headers: { "content-type": "text/html" } }],
    ["unexpected_answer", { status: 418 }],
  ])(
    "with %s, the last state stays, the failure is shown, a gap is recorded, and polling recovers",
    async (code, outage) => {
      const cerebras = await startCerebras({ "acme-one": [wire({ updated_replicas: 5 })] });
      const watching = await startWatching(cerebras.url, { org: null, endpointIds: ["acme-one"] });
      await untilSeen(watching);
      cerebras.outage = () => outage;
      await vi.waitFor(() =>
        expect(isBlind(watching.endpointStore.get("acme-one")?.failures ?? null)).toBe(true),
      );
      expect(causeOf(watching)).toBe(code);
      expect(updatedOf(watching)).toBe(5);
      expect(await watching.history.readObservations("acme-one", "d8")).toHaveLength(1);
      cerebras.known.set("acme-one", [wire({ updated_replicas: 8 })]);
      cerebras.outage = () => null;
      await vi.waitFor(() => expect(updatedOf(watching)).toBe(8));
      expect(causeOf(watching)).toBeNull();
      const [newest, former] = await readSpans(watching.history);
      expect(newest?.brokenBy).toBeNull();
      expect(former?.brokenBy).toMatchObject({ code });
      expect(former?.until).toBeLessThan(newest?.from ?? 0);
      expect(watching.lines.join()).not.toContain("poll failed inside Rollcall");
    },
  );

  it("keeps an unreadable reply until a readable one", async () => {
    const cerebras = await startCerebras({ "acme-one": [wire({ updated_replicas: 5 })] });
    const watching = await startWatching(cerebras.url, { org: null, endpointIds: ["acme-one"] });
    await untilSeen(watching);
    const unread = () => watching.endpointStore.get("acme-one")?.unread ?? null;
    expect(unread()).toBeNull();
    cerebras.outage = () => ({ body: "<h1>Sign in</h1>" });
    await vi.waitFor(() => expect(unread()).toMatchObject({ body: "<h1>Sign in</h1>" }));
    cerebras.outage = () => ({ status: 503 });
    await vi.waitFor(() => expect(causeOf(watching)).toBe("upstream_error"));
    expect(unread()).toMatchObject({ body: "<h1>Sign in</h1>" });
    cerebras.outage = () => null;
    await vi.waitFor(() => expect(causeOf(watching)).toBeNull());
    expect(unread()).toBeNull();
  });

  it("recovers from every kind of failure in a row", async () => {
    const cerebras = await startCerebras({ "acme-one": [wire()] });
    const watching = await startWatching(cerebras.url);
    await untilSeen(watching);
    const outages = [
      { isDropped: true },
      { status: 301, headers: { location: "http://127.0.0.1:1/" } },
      { status: 401 },
      { status: 403 },
      { status: 404 },
      { status: 500 },
      { status: 204, body: "" },
      { body: "" },
      { body: '{"name":' },
      { body: "null" },
      { body: { deployed_models: { a: 1 } } },
      { body: "[".repeat(50_000) },
      { headers: { "content-encoding": "gzip" } },
    ];
    for (const outage of outages) {
      cerebras.outage = () => outage;
      const asked = cerebras.asked.length;
      watching.watcher.retryFailing();
      await vi.waitFor(() => expect(cerebras.asked.length).toBeGreaterThan(asked));
      await vi.waitFor(() => expect(causeOf(watching)).not.toBeNull());
      cerebras.outage = () => null;
      watching.watcher.retryFailing();
      await vi.waitFor(() => {
        watching.watcher.retryFailing();
        expect(causeOf(watching)).toBeNull();
      });
    }
    expect(updatedOf(watching)).toBe(5);
    expect(await watching.history.readObservations("acme-one", "d8")).toHaveLength(1);
  });

  it("sends no request for any endpoint during a prescribed pause, and reports the next attempt", async () => {
    const cerebras = await startCerebras({ "acme-one": [wire()], "acme-two": [wire()] });
    const watching = await startWatching(cerebras.url);
    await untilSeen(watching, "acme-two");
    cerebras.outage = () => ({ status: 429, headers: { "retry-after": "2" } });
    await vi.waitFor(() => expect(causeOf(watching)).toBe("rate_limited"));
    await vi.waitFor(() => expect(causeOf(watching, "acme-two")).toBe("rate_limited"));
    // Requests that were under way when the pause was prescribed have arrived by now.
    const asked = cerebras.asked.length;
    const retryAt = watching.endpointStore.get("acme-one")?.failures?.cause.retryAt ?? 0;
    expect(retryAt - Date.now()).toBeLessThanOrEqual(2_000);
    cerebras.outage = () => null;
    await vi.waitFor(() => expect(causeOf(watching)).toBeNull());
    const [last, next] = [cerebras.asked[asked - 1]?.tick ?? 0, cerebras.asked[asked]?.tick ?? 0];
    expect(next - last).toBeGreaterThan(1_500);
    expect(performance.timeOrigin + next - retryAt).toBeGreaterThan(-500);
  });
});

describe("while the key is rejected", () => {
  it.each([
    [401, "key_rejected"],
    [403, "key_lacks_access"],
  ])(
    "with %i it is blind at once, polls every minute, and polls at once when the key is replaced",
    async (status, code) => {
      const cerebras = await startCerebras({ "acme-one": [wire()] });
      let key = cerebras.key;
      const watching = await startWatching(cerebras.url, {
        org: null,
        endpointIds: ["acme-one"],
        key: () => key,
      });
      await untilSeen(watching);
      cerebras.key = "csk-rotated-at-cerebras";
      cerebras.outage = () => (key === cerebras.key ? null : { status });
      await vi.waitFor(() => expect(causeOf(watching)).toBe(code));
      const { failures } = watching.endpointStore.get("acme-one") ?? {};
      expect(failures?.count).toBe(1);
      expect(isBlind(failures ?? null)).toBe(true);
      expect((failures?.cause.retryAt ?? 0) - (failures?.cause.since ?? 0)).toBe(60_000);
      const asked = cerebras.asked.length;
      key = cerebras.key;
      watching.client.clearHolds();
      watching.watcher.retryFailing();
      await vi.waitFor(() => expect(causeOf(watching)).toBeNull());
      expect(cerebras.asked.slice(asked).every((request) => request.key === `Bearer ${key}`)).toBe(true);
    },
  );

  it("tries the new key at once if the key was replaced during a request", async () => {
    const cerebras = await startCerebras({ "acme-one": [wire()] });
    let key = "csk-old-management-key";
    cerebras.delay = 100;
    const watching = await startWatching(cerebras.url, {
      org: null,
      endpointIds: ["acme-one"],
      key: () => key,
    });
    await vi.waitFor(() => expect(cerebras.asked).toHaveLength(1));
    key = cerebras.key;
    watching.watcher.retryFailing();
    await untilSeen(watching);
  });
});

describe("an endpoint that answers 404", () => {
  it("and is no longer listed is delisted, and returns as soon as it is listed again", async () => {
    const cerebras = await startCerebras({ "acme-one": [wire()], "acme-two": [wire()] });
    const watching = await startWatching(cerebras.url);
    await untilSeen(watching);
    cerebras.known.delete("acme-one");
    await vi.waitFor(() => expect(causeOf(watching)).toBe("no_longer_listed"));
    expect(watching.endpointStore.get("acme-one")?.notFoundInRow).toBeGreaterThanOrEqual(3);
    expect(updatedOf(watching)).toBe(5);
    expect((await watching.history.readEndpoints())[0]?.removedSince).not.toBeNull();
    expect(causeOf(watching, "acme-two")).toBeNull();
    cerebras.known.set("acme-one", [wire({ updated_replicas: 7 })]);
    await vi.waitFor(() => expect(updatedOf(watching)).toBe(7));
    expect((await watching.history.readEndpoints())[0]?.removedSince).toBeNull();
  });

  it.each([
    ["and is still listed", "acme"],
    ["and there is no listing", null],
  ])("%s has become inaccessible", async (_, org) => {
    const cerebras = await startCerebras({ "acme-one": [wire()] });
    const watching = await startWatching(cerebras.url, { org, endpointIds: ["acme-one"] });
    await untilSeen(watching);
    cerebras.outage = (path) => (path.endsWith("acme-one") ? { status: 404 } : null);
    await vi.waitFor(() => expect(causeOf(watching)).toBe("access_lost"));
    expect((await watching.history.readEndpoints())[0]?.removedSince).toBeNull();
    cerebras.outage = () => null;
    await vi.waitFor(() => expect(causeOf(watching)).toBeNull());
  });

  it("and was never seen is not found, and nothing is recorded", async () => {
    const cerebras = await startCerebras({});
    const watching = await startWatching(cerebras.url, { org: null, endpointIds: ["acme-none"] });
    await vi.waitFor(() =>
      expect(watching.endpointStore.get("acme-none")?.failures?.count).toBeGreaterThan(3),
    );
    expect(causeOf(watching, "acme-none")).toBe("not_found");
    expect(await watching.history.readEndpoints()).toEqual([]);
  });
});
