import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import Database from "better-sqlite3";

import { admit, lookAtAll, type Look } from "./support/admitted";
import { SIGN_IN } from "./support/people";
import { test as onPostgres } from "./support/postgres-test";
import type { Rollcall } from "./support/rollcall";
import type { Simulator } from "./support/simulator";
import { TcpProxy } from "./support/tcp-proxy";
import { expect, test } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";
/** Longer than "last seen" is not noted again, which is when those who were let in used to be turned away. */
const AWAY_MS = 66_000;
const SILENT_MS = 12_000;
/** As pages ask; more than 20 requests a second are answered 429. */
const ROUND_EVERY_MS = 1_000;
/** A second, and what a busy machine adds to it. */
const MOST_MS = 3_000;

/** Everybody asks all the time; nobody is turned away, nobody waits, and all see what changes meanwhile. */
async function expectSeenThrough(
  rollcall: Rollcall,
  looks: readonly Look[],
  time: number,
  displaySettings: RegExp,
): Promise<void> {
  const end = Date.now() + time;
  let round = 0;
  while (Date.now() < end || round < 2) {
    const answered = await lookAtAll(rollcall, looks);
    const bad = answered.filter(({ status, took }) => status !== 200 || took > MOST_MS);
    expect(bad.map(({ who, path, status, took }) => ({ who, path, status, took }))).toEqual([]);
    round += 1;
    await wait(ROUND_EVERY_MS);
  }
  for (const { path, text } of await lookAtAll(rollcall, looks))
    if (path !== "/api/v1/screen" && path !== "/wall/basic") expect(text, path).toMatch(displaySettings);
}

async function update(simulator: Simulator, rollcall: Rollcall, looks: readonly Look[], replicas: number) {
  const current = /"current":"([^"]+)"/;
  const [fleet] = await lookAtAll(rollcall, looks.slice(0, 1));
  const deploymentId = current.exec(fleet?.text ?? "")?.[1] ?? "";
  await simulator.patchDeployment(ENDPOINT, deploymentId, { updated_replicas: replicas });
  await expect
    .poll(async () => (await lookAtAll(rollcall, looks.slice(0, 1)))[0]?.text)
    .toContain(`"updatedReplicas":${replicas}`);
}

async function prepare(rollcall: Rollcall): Promise<Look[]> {
  const looks = await admit(rollcall, ENDPOINT);
  await expect.poll(async () => (await lookAtAll(rollcall, looks))[0]?.text).toContain('"current":"');
  expect((await lookAtAll(rollcall, looks)).map(({ status }) => status)).toEqual(looks.map(() => 200));
  return looks;
}

async function expectReady(rollcall: Rollcall): Promise<void> {
  await expect
    .poll(async () => (await fetch(`${rollcall.url}/readyz`)).status, { timeout: 25_000 })
    .toBe(200);
}

onPostgres.describe("everybody who was let in, while PostgreSQL", () => {
  const behindProxy = onPostgres.extend<{ between: TcpProxy }>({
    between: async ({ databaseUrl }, use) => {
      const proxy = await TcpProxy.before(databaseUrl);
      await use(proxy);
      await proxy.refuse();
    },
    settings: async ({ between }, use) => {
      await use({ DATABASE_URL: between.url, ...SIGN_IN });
    },
    scenario: "stuck",
  });

  behindProxy(
    "refuses for over a minute, then is silent, then slow, goes on seeing what is live",
    async ({ rollcall, simulator, between }) => {
      behindProxy.setTimeout(200_000);
      const looks = await prepare(rollcall);
      await between.refuse();
      await update(simulator, rollcall, looks, 6);
      await expectSeenThrough(rollcall, looks, AWAY_MS, /updatedReplicas\\*":6\b/);
      const person = looks[0]?.headers ?? {};
      const warned = await fetch(`${rollcall.url}/api/v1/endpoints/${ENDPOINT}`, { headers: person });
      expect(await warned.text()).toMatch(/History is not being saved since \d\d:\d\d UTC/);
      const screens = await fetch(`${rollcall.url}/screens`, { headers: person });
      expect(await screens.text()).toContain("Wall screens can’t be loaded right now.");
      const stranger = await fetch(`${rollcall.url}/share/${"A".repeat(43)}`);
      expect(await stranger.text()).not.toContain("6 of 12");
      await between.forward();
      await expectReady(rollcall);
      between.silence();
      await expectSeenThrough(rollcall, looks, SILENT_MS, /updatedReplicas\\*":6\b/);
      await between.forward();
      await expectReady(rollcall);
      between.slow(3_000);
      await update(simulator, rollcall, looks, 7);
      await expectSeenThrough(rollcall, looks, SILENT_MS, /updatedReplicas\\*":7\b/);
      await between.forward();
      await expectReady(rollcall);
    },
  );
});

test.describe("everybody who was let in, while the database file", () => {
  test.use({ scenario: "stuck", settings: SIGN_IN });

  test("is locked by another program for over a minute, goes on seeing what is live", async ({
    rollcall,
    simulator,
  }) => {
    test.setTimeout(120_000);
    const looks = await prepare(rollcall);
    const other = new Database(join(rollcall.directory, "rollcall.db"));
    other.exec("begin immediate");
    await update(simulator, rollcall, looks, 6);
    await expectSeenThrough(rollcall, looks, AWAY_MS, /updatedReplicas\\*":6\b/);
    other.exec("rollback");
    other.close();
    await expectReady(rollcall);
  });
});
