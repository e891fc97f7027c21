import { expect, it, onTestFinished } from "vitest";

import { rolloutTrafficSchema } from "@/lib/contract/traffic";
import { minute, second, type Instant } from "@/lib/domain/instant";
import { deployment } from "@/lib/domain/testing/rollouts";
import { trafficMinutes } from "@/lib/domain/testing/traffic";
import type { Context } from "@/lib/server/context";
import { newDatabasePath } from "@/lib/server/db/testing/history-file";
import type { TrafficSource } from "@/lib/server/db/traffic";
import { createOrganizationMonitors } from "@/lib/server/poller/organization-monitors";

import { hasTraffic } from "./has-traffic";
import { endpointId, start, watch } from "./testing/watched-endpoint";
import { readTraffic } from "./traffic";
import { recentSources } from "./traffic-sources";

const firstMinute = Math.floor(start / minute) * minute;
const asked = { endpointId, deploymentId: "d8" };

/** An endpoint that has been rolling out since `start`, in an organization whose Metrics API is asked or not. */
async function openStage({ isMeasured }: { isMeasured: boolean }) {
  const { ctx: plain, answer } = await watch(() =>
    Promise.resolve({ engine: "sqlite", file: newDatabasePath() }),
  );
  await answer([{ ...deployment({ updatedReplicas: 3 }), createdAt: start }]);
  let at = start + 20 * minute;
  const metrics = { organizationId: "org_acme", key: { value: "csk-inference" } };
  const monitors = createOrganizationMonitors({
    ...{ upstreamUrl: plain.settings.upstreamUrl, metricsUrl: plain.settings.metricsUrl, proxy: null },
    ...{ log: () => plain.log, onNewKey: () => undefined },
  });
  const organization = { org: "acme", key: { value: "csk-management" }, endpointIds: [] };
  monitors.replace([{ ...organization, ...(isMeasured ? { metrics } : {}) }]);
  onTestFinished(() => Promise.all(monitors.all().map(({ close }) => close())).then(() => undefined));
  const ctx: Context = {
    ...plain,
    clock: () => ({ at, tick: at - start }),
    monitors,
  };
  const record = (changes: Partial<TrafficSource>, count = 0, from: Instant = firstMinute) =>
    plain.history.traffic.record(
      {
        source: { org: "acme", answeredAt: at, minuteAt: from, endpoints: 1, cause: null, ...changes },
        minutes: trafficMinutes(from, count).map((each) => ({ ...each, endpointId })),
      },
      null,
    );
  return { ctx, record, pass: (duration: number) => (at += duration), now: () => at };
}

it("answers with the minutes beside a rollout, their windows, and the age of the source", async () => {
  const { ctx, record, pass, now } = await openStage({ isMeasured: true });
  await record({}, 90, firstMinute - 60 * minute);
  const answeredAt = now();
  pass(25 * second);
  const { bytes, age, nextPollIn } = await readTraffic(ctx, asked);
  const body = rolloutTrafficSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  expect(body.source).toEqual({ observedAt: answeredAt, cause: null });
  expect(body.minutes[0]?.at).toBe(Math.ceil((start - 30 * minute) / minute) * minute);
  expect(body.before).toMatchObject({ minutes: 29, requests: 29_000, failures: 58 });
  expect(body.before.timeToFirstToken).toEqual({ p50Seconds: 0.28, p95Seconds: 0.62 });
  expect(body.during.minutes).toBe(30);
  expect(body.after.minutes).toBe(0);
  expect([body.isCut, age, nextPollIn]).toEqual([false, 25 * second, 37 * second]);
});

it("shows the newest 1,500 minutes of a long rollout, and says so", async () => {
  const { ctx, record } = await openStage({ isMeasured: true });
  await record({}, 1_600);
  const { body } = await readTraffic(ctx, asked);
  expect([body.minutes.length, body.isCut]).toEqual([1_500, true]);
  expect(body.minutes.at(-1)?.at).toBe(firstMinute + 1_599 * minute);
});

it("keeps its name until a new minute or another cause, not because time passed", async () => {
  const { ctx, record, pass } = await openStage({ isMeasured: true });
  await record({}, 5);
  const first = await readTraffic(ctx, asked);
  pass(minute);
  await record({});
  const cause = { code: "rate_limited", message: "Slow down.", since: start, retryAt: start } as const;
  expect((await readTraffic(ctx, asked)).etag).toBe(first.etag);
  await record({ cause });
  const limited = await readTraffic(ctx, asked);
  expect(limited.body.source?.cause).toMatchObject({ code: "rate_limited" });
  expect(limited.body.minutes).toHaveLength(5);
  await record({ cause: { ...cause, retryAt: start + minute } });
  expect((await readTraffic(ctx, asked)).etag).toBe(limited.etag);
  expect(limited.etag).not.toBe(first.etag);
  pass(minute);
  await record({}, 1, firstMinute + 5 * minute);
  expect((await readTraffic(ctx, asked)).etag).not.toBe(first.etag);
});

it("names no source where none is configured, although minutes are there", async () => {
  const { ctx, record } = await openStage({ isMeasured: false });
  await record({}, 5);
  const { body, age, nextPollIn } = await readTraffic(ctx, asked);
  expect(body).toMatchObject({ source: null, minutes: [], conclusions: [] });
  expect([age, nextPollIn]).toEqual([null, 5 * second]);
  expect(hasTraffic(ctx, endpointId)).toBe(false);
  expect(recentSources(ctx)).toEqual([]);
});

it("has a source without a reply before the first poll", async () => {
  const { ctx } = await openStage({ isMeasured: true });
  const { body, age } = await readTraffic(ctx, asked);
  expect([body.source, age]).toEqual([{ observedAt: null, cause: null }, null]);
  expect([hasTraffic(ctx, endpointId), hasTraffic(ctx, "unknown")]).toEqual([true, false]);
});

it.each([
  ["an unknown rollout", { endpointId, deploymentId: "d9" }],
  ["an endpoint that is not watched", { endpointId: "other", deploymentId: "d8" }],
])("has nothing about %s", async (_, what) => {
  const { ctx } = await openStage({ isMeasured: true });
  await expect(readTraffic(ctx, what)).rejects.toMatchObject({ kind: "not_found" });
});

it("remembers the sources for what may not wait, and reads them again after 15 s", async () => {
  const { ctx, record, pass } = await openStage({ isMeasured: true });
  await record({});
  await readTraffic(ctx, asked);
  await record({ endpoints: 7 });
  expect(recentSources(ctx)).toMatchObject([{ endpoints: 1 }]);
  pass(15 * second);
  recentSources(ctx);
  await expect.poll(() => recentSources(ctx)[0]?.endpoints).toBe(7);
});
