import { askAbout, askForTimeline } from "./support/current";
import { test as onPostgres } from "./support/postgres-test";
import type { Rollcall } from "./support/rollcall";
import type { Simulator } from "./support/simulator";
import { expect, test } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";

/** Kills the server twice during a rollout, and checks that history has everything it reported. */
async function killTwice(rollcall: Rollcall, simulator: Simulator): Promise<void> {
  await expect.poll(async () => (await askAbout(rollcall, ENDPOINT))?.current).toBeTruthy();
  const request = { version: 9, replicas: 60, maxUnavailable: 6, msPerReplica: 400 };
  const { deploymentId } = await simulator.deploy(ENDPOINT, request);
  const reported = new Map<string, number | null>();
  for (const enough of [3, 6]) {
    await expect
      .poll(
        async () => {
          const now = await askAbout(rollcall, ENDPOINT);
          if (now?.current === deploymentId && now.freshness.observedAt !== null)
            reported.set(now.freshness.observedAt, now.updated);
          return reported.size;
        },
        { timeout: 25_000, intervals: [50] },
      )
      .toBeGreaterThanOrEqual(enough);
    await rollcall.kill("SIGKILL");
    await rollcall.restart();
  }
  await expect
    .poll(async () => (await askAbout(rollcall, ENDPOINT))?.freshness.state, { timeout: 25_000 })
    .toBe("live");
  const { points, transitions } = await askForTimeline(rollcall, ENDPOINT, deploymentId);
  const isReported = ([at, updated]: [string, number | null]) =>
    points.some((point) => point.from <= at && point.until >= at && point.updatedReplicas === updated);
  expect([...reported].filter((one) => !isReported(one))).toEqual([]);
  for (const [nth, point] of points.entries())
    expect(point.from >= (points[nth - 1]?.until ?? "")).toBe(true);
  expect(new Set(transitions.map(({ before }) => before)).size).toBe(transitions.length);
}

test("after a kill, SQLite has everything that was reported, and nothing twice", ({ rollcall, simulator }) =>
  killTwice(rollcall, simulator));

onPostgres(
  "after a kill, PostgreSQL has everything that was reported, and nothing twice",
  ({ rollcall, simulator }) => killTwice(rollcall, simulator),
);
