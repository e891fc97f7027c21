import { readFileSync } from "node:fs";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { observation, rolloutFacts } from "@/lib/domain/testing/rollouts";
import type { Context } from "@/lib/server/context";
import { newDatabasePath } from "@/lib/server/db/testing/history-file";
import { notification } from "@/lib/server/db/testing/notifications";
import { createMetrics } from "@/lib/server/metrics/create-metrics";
import { newEndpointState, type EndpointState } from "@/lib/server/state/endpoint-state";

import { readMetrics } from "./metrics";
import { openTestContext } from "./testing/context";

const endpoint = "acme-qwen";

/** The state after a good poll now, in which the only rollout is in this state. */
function seen(
  ctx: Context,
  state: Parameters<typeof observation>[1],
  endedAt: number | null = null,
): EndpointState {
  const { at, tick } = ctx.clock();
  const facts = {
    ...{ endpointId: endpoint, org: "acme", modelArch: "qwen-3-32b", createdAt: null, updatedAt: null },
    ...{ warnings: [], removedSince: null },
  };
  const rollout = {
    facts: rolloutFacts({ createdAt: at - 300_000, firstObservedAt: at - 300_000, endedAt }),
    observations: [observation(at, state)] as const,
  };
  return {
    ...newEndpointState(endpoint, 30_000),
    observedTick: tick,
    picture: {
      facts,
      rollouts: [rollout],
      span: { from: at - 60_000, until: at, brokenBy: null },
    },
  };
}

/** Every sample as `name{labels}` → value, after checking that each line is one of the text format. */
async function scrape(ctx: Context): Promise<Map<string, number>> {
  const { text, type } = await readMetrics(ctx);
  expect(type).toMatch(/^text\/plain; version=0\.0\.4/);
  const samples = new Map<string, number>();
  for (const line of text.split("\n").filter((each) => each !== "" && !/^# (HELP|TYPE) \w+ /.test(each))) {
    const parts = /^(\w+(?:\{(?:\w+="(?:[^"\\\n]|\\.)*",?)*\})?) (\S+)$/.exec(line);
    if (parts?.[1] === undefined) throw new Error(`No sample: ${line}`);
    samples.set(parts[1], Number(parts[2]));
  }
  return samples;
}

async function open() {
  const ctx = await openTestContext(newDatabasePath());
  const store = ctx.endpointStore.of("acme");
  if (store === undefined) throw new Error("The organization acme is watched.");
  return { ctx, store };
}

describe("metrics of an endpoint", () => {
  it("have its counts, its state and the age of the data, and go with it", async () => {
    const { ctx, store } = await open();
    store.set(seen(ctx, { updatedReplicas: 7, totalReplicas: 12, maxUnavailable: 2 }));
    const samples = await scrape(ctx);
    expect(samples.get(`rollcall_endpoint_updated_replicas{endpoint="${endpoint}"}`)).toBe(7);
    expect(samples.get(`rollcall_endpoint_replicas{endpoint="${endpoint}"}`)).toBe(12);
    expect(samples.get(`rollcall_endpoint_guaranteed_replicas{endpoint="${endpoint}"}`)).toBe(10);
    expect(samples.get(`rollcall_endpoint_blind{endpoint="${endpoint}"}`)).toBe(0);
    expect(samples.get(`rollcall_endpoint_observation_age_seconds{endpoint="${endpoint}"}`)).toBeLessThan(30);
    const states = [...samples].filter(([key]) => key.startsWith("rollcall_endpoint_state{"));
    expect(states).toEqual([[`rollcall_endpoint_state{endpoint="${endpoint}",state="in_progress"}`, 1]]);
    store.remove(endpoint);
    expect([...(await scrape(ctx)).keys()].filter((key) => key.includes(endpoint))).toEqual([]);
  });

  it("leave out what was not reported, and everything that is not current", async () => {
    const { ctx, store } = await open();
    store.set(seen(ctx, { updatedReplicas: null, totalReplicas: 12, maxUnavailable: null }));
    const names = async () => [...(await scrape(ctx)).keys()].filter((key) => /replicas\{|state\{/.test(key));
    expect((await names()).filter((key) => key.includes("replicas"))).toEqual([
      `rollcall_endpoint_replicas{endpoint="${endpoint}"}`,
    ]);
    const cause = { code: "key_rejected" as const, message: "No.", since: ctx.clock().at, retryAt: null };
    store.set({ ...seen(ctx, {}), failures: { count: 3, cause } });
    expect(await names()).toEqual([]);
    expect((await scrape(ctx)).get(`rollcall_endpoint_blind{endpoint="${endpoint}"}`)).toBe(1);
  });

  it("count a rollout once when it ends, with its duration", async () => {
    const { ctx, store } = await open();
    const completed = `rollcall_rollouts_completed_total{endpoint="${endpoint}",result="error"}`;
    store.set(seen(ctx, {}));
    expect((await scrape(ctx)).get(completed)).toBe(0);
    const ended = seen(ctx, { status: "error" }, ctx.clock().at);
    store.set(ended);
    store.set(ended);
    const samples = await scrape(ctx);
    expect(samples.get(completed)).toBe(1);
    expect(samples.get('rollcall_rollout_duration_seconds_bucket{le="300",result="error"}')).toBe(1);
    expect(samples.get('rollcall_rollout_duration_seconds_bucket{le="120",result="error"}')).toBe(0);
  });

  it("are twelve series each", async () => {
    const { ctx, store } = await open();
    const known = seen(ctx, { updatedReplicas: 7, totalReplicas: 12, maxUnavailable: 2 });
    for (let nth = 0; nth < 100; nth += 1) store.set({ ...known, endpointId: `acme-${nth}` });
    const keys = [...(await scrape(ctx)).keys()];
    expect(keys.filter((key) => key.includes("endpoint="))).toHaveLength(12 * 100);
  });
});

describe("metrics of the outbox", () => {
  it("say by channel what waits since when, and what was given up", async () => {
    const channel = {
      ROLLCALL_WEBHOOK_URL: "https://hooks.example.com/x",
      ROLLCALL_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString("base64")}`,
    };
    const ctx = await openTestContext(newDatabasePath(), channel);
    const at = ctx.clock().at - 120_000;
    const [first, second] = [
      notification("failed", { at }, ["webhook"]),
      notification("stalled", { at }, ["webhook"]),
    ];
    await ctx.history.write([first, second]);
    const deliveryId = { notificationId: second.id, channel: "webhook" };
    await ctx.history.deliveries.settle(deliveryId, { state: "failed", error: "410" });
    const samples = await scrape(ctx);
    expect(samples.get('rollcall_notifications_waiting{channel="webhook"}')).toBe(1);
    expect(samples.get('rollcall_notifications_failed{channel="webhook"}')).toBe(1);
    const oldest = samples.get('rollcall_notification_oldest_waiting_seconds{channel="webhook"}');
    expect(oldest).toBeGreaterThanOrEqual(120);
    expect(samples.get('rollcall_notification_attempts_total{channel="webhook",outcome="failed"}')).toBe(0);
  });

  it("do not exist without channels", async () => {
    const { ctx } = await open();
    expect([...(await scrape(ctx)).keys()].filter((name) => name.startsWith("rollcall_notif"))).toEqual([]);
  });
});

describe("names", () => {
  const { registry, measureProcess } = createMetrics({ isOn: true });
  afterAll(() => registry.clear());
  let known: { name: string; help: string; type: unknown }[] = [];
  beforeAll(async () => {
    measureProcess();
    known = await registry.getMetricsAsJSON();
  });

  it("follow the conventions: base units, _total for counters alone, and help", () => {
    for (const { name, help, type } of known) {
      expect(help.trim(), name).not.toBe("");
      expect(name.endsWith("_total"), name).toBe(type === "counter");
      expect(name).not.toMatch(/milliseconds|minutes|percent|_ms\b/);
    }
    const histograms = known.filter(({ name, type }) => name.startsWith("rollcall_") && type === "histogram");
    expect(histograms.filter(({ name }) => !name.endsWith("_seconds"))).toEqual([]);
  });

  it.each(["deploy/grafana-dashboard.json", "deploy/prometheus-alerts.yml", "docs/automation.md"])(
    "in %s are those of metrics that exist",
    (file) => {
      const text = readFileSync(file, "utf8");
      const names = [...text.matchAll(/\b(?:rollcall|nodejs|process)_[a-z0-9_]+/g)].map(([name]) => name);
      expect(names.length).toBeGreaterThan(5);
      const exists = (name: string) =>
        known.some((each) => each.name === name || each.name === name.replace(/_(bucket|sum|count)$/, ""));
      expect(names.filter((name) => !exists(name))).toEqual([]);
    },
  );
});
