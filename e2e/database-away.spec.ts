import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import Database from "better-sqlite3";
import { z } from "zod";

import { prepareLooks, lookAtAll, type Look } from "./support/admitted";
import { SIGN_IN } from "./support/people";
import { test as onPostgres } from "./support/postgres-test";
import type { Rollcall } from "./support/rollcall";
import type { Simulator } from "./support/simulator";
import { TcpProxy } from "./support/tcp-proxy";
import { expect, test } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";
/** "Last seen" is written again after this time. A failed write once denied access. */
const NOTED_EVERY_MS = 60_000;
/** What remains of it when the database goes away. The server can still read the rows again before. */
const DUE_IN_MS = 20_000;
/** How long the database stays away after that. */
const OVERDUE_MS = 5_000;
const SILENT_MS = 12_000;
/** As pages poll. More than 20 requests a second get 429. */
const ROUND_EVERY_MS = 1_000;
/** A second, and tolerance for a busy machine. */
const MOST_MS = 3_000;

const LAST_SEEN = [
  ["session", "last_seen_at"],
  ["screen", "last_seen_at"],
  ["guest_link", "last_used_at"],
] as const;

/** All viewers poll until `end`: none is denied, none waits, and all see what changes meanwhile. */
async function expectSeenThrough(
  rollcall: Rollcall,
  looks: readonly Look[],
  end: number,
  displaySettings: RegExp,
): Promise<void> {
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

/**
 * Gives everyone access, dates back their "last seen" with `write`, and makes the server read it. Resolves with their
 * requests, and when "last seen" is due again.
 */
async function prepare(rollcall: Rollcall, write: (statement: string) => unknown) {
  const looks = await prepareLooks(rollcall, ENDPOINT);
  // The API records a guest's first request as a use, and then none for a minute.
  const first = looks.filter(({ path }) => path !== "/api/v1/shared");
  await expect.poll(async () => (await lookAtAll(rollcall, first))[0]?.text).toContain('"current":"');
  const dueAt = Date.now() + DUE_IN_MS;
  for (const [table, column] of LAST_SEEN)
    await write(`update ${table} set ${column} = ${dueAt - NOTED_EVERY_MS}`);
  // The server caches what it read for two seconds.
  await wait(2_100);
  for (const round of [first, looks])
    expect((await lookAtAll(rollcall, round)).map(({ status }) => status)).toEqual(round.map(() => 200));
  return { looks, dueAt };
}

const seenSchema = z.array(z.object({ seen: z.coerce.number() }));

/** Once the database is back, every "last seen" is written again. */
async function expectNoted(
  rollcall: Rollcall,
  looks: readonly Look[],
  dueAt: number,
  read: (query: string) => unknown,
): Promise<void> {
  for (const [table, column] of LAST_SEEN)
    await expect
      .poll(
        async () => {
          await lookAtAll(rollcall, looks);
          const rows = await read(`select max(${column}) as seen from ${table}`);
          return seenSchema.parse(rows)[0]?.seen;
        },
        { timeout: 25_000 },
      )
      .toBeGreaterThan(dueAt);
}

async function expectReady(rollcall: Rollcall): Promise<void> {
  await expect
    .poll(async () => (await fetch(`${rollcall.url}/readyz`)).status, { timeout: 25_000 })
    .toBe(200);
}

onPostgres.describe("viewers with access, while PostgreSQL", () => {
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
    'refuses until "last seen" is due, then hangs, then is slow, keep seeing live data',
    async ({ rollcall, simulator, between, postgres, databaseUrl }) => {
      behindProxy.setTimeout(150_000);
      const query = (statement: string) => postgres.query(statement, databaseUrl);
      const { looks, dueAt } = await prepare(rollcall, query);
      await between.refuse();
      await update(simulator, rollcall, looks, 6);
      await expectSeenThrough(rollcall, looks, dueAt + OVERDUE_MS, /updatedReplicas\\*":6\b/);
      const person = looks[0]?.headers ?? {};
      const warned = await fetch(`${rollcall.url}/api/v1/endpoints/${ENDPOINT}`, { headers: person });
      expect(await warned.text()).toMatch(/History is not being saved since \d\d:\d\d UTC/);
      const screens = await fetch(`${rollcall.url}/screens`, { headers: person });
      expect(await screens.text()).toContain("Wall screens can’t be loaded right now.");
      const stranger = await fetch(`${rollcall.url}/share/${"A".repeat(43)}`);
      expect(await stranger.text()).not.toContain("6 of 12");
      await between.forward();
      await expectReady(rollcall);
      await expectNoted(rollcall, looks, dueAt, query);
      between.silence();
      await expectSeenThrough(rollcall, looks, Date.now() + SILENT_MS, /updatedReplicas\\*":6\b/);
      await between.forward();
      await expectReady(rollcall);
      between.slow(3_000);
      await update(simulator, rollcall, looks, 7);
      await expectSeenThrough(rollcall, looks, Date.now() + SILENT_MS, /updatedReplicas\\*":7\b/);
      await between.forward();
      await expectReady(rollcall);
    },
  );
});

test.describe("viewers with access, while the database file", () => {
  test.use({ scenario: "stuck", settings: SIGN_IN });

  test('is locked by another program until "last seen" is due, keep seeing live data', async ({
    rollcall,
    simulator,
  }) => {
    test.setTimeout(120_000);
    const other = new Database(join(rollcall.directory, "rollcall.db"));
    const { looks, dueAt } = await prepare(rollcall, (statement) => other.exec(statement));
    other.exec("begin immediate");
    await update(simulator, rollcall, looks, 6);
    await expectSeenThrough(rollcall, looks, dueAt + OVERDUE_MS, /updatedReplicas\\*":6\b/);
    other.exec("rollback");
    await expectReady(rollcall);
    await expectNoted(rollcall, looks, dueAt, (query) => other.prepare(query).all());
    other.close();
  });
});
