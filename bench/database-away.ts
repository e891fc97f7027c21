import { join } from "node:path";

import Database from "better-sqlite3";

import { prepareLooks, lookAtAll, type Answered, type Look } from "../e2e/support/admitted";
import { SIGN_IN } from "../e2e/support/people";
import type { Rollcall } from "../e2e/support/rollcall";
import { TcpProxy } from "../e2e/support/tcp-proxy";

import { pause, until } from "./support/pause";
import { onPostgres, onStage } from "./support/stage";
import { quantile } from "./support/statistics";
import type { Row } from "./support/table";

const endpointId = "acme-qwen-3-32b";
/** The first request of a round waits for a check of the database; the others follow it at once. */
const firstLimit = 1_100;
const othersLimit = 100;
/** The interval of pages (ms). */
const roundEvery = 1_000;

/**
 * Signed-in people, a screen and a guest, on API and pages, while PostgreSQL refuses connections, is silent or slow, and while
 * another program locks the SQLite file: 5 minutes each.
 */
export async function measureDatabaseAway(isShort: boolean): Promise<Row[]> {
  const time = isShort ? 20_000 : 300_000;
  const postgres = await onPostgres(async (server) => {
    const proxy = await TcpProxy.before(await server.createDatabase());
    const settings = { ...SIGN_IN, DATABASE_URL: proxy.url };
    try {
      return await onStage({ scenario: "steady", settings }, async ({ rollcall }) => {
        const looks = await prepare(rollcall);
        const seeThrough = async (what: string) => {
          const rows = await watch(what, rollcall, looks, time);
          await proxy.forward();
          await untilReady(rollcall);
          return rows;
        };
        await proxy.refuse();
        const refused = await seeThrough("PostgreSQL refuses connections");
        proxy.silence();
        const silent = await seeThrough("PostgreSQL is silent");
        proxy.slow(3_000);
        return [...refused, ...silent, ...(await seeThrough("PostgreSQL takes 3 s per query"))];
      });
    } finally {
      await proxy.refuse();
    }
  });
  const sqlite = await onStage({ scenario: "steady", settings: SIGN_IN }, async ({ rollcall }) => {
    const looks = await prepare(rollcall);
    const other = new Database(join(rollcall.directory, "rollcall.db"));
    other.exec("begin immediate");
    const rows = await watch("the SQLite file is locked", rollcall, looks, time);
    other.close();
    await untilReady(rollcall);
    return rows;
  });
  return [...postgres, ...sqlite];
}

async function prepare(rollcall: Rollcall): Promise<Look[]> {
  const looks = await prepareLooks(rollcall, endpointId);
  await until(async () => {
    const answered = await lookAtAll(rollcall, looks);
    return answered.every(({ status, text }) => status === 200 && text !== "");
  });
  // Once more, so that compilation at the first request is not measured.
  await lookAtAll(rollcall, looks);
  return looks;
}

async function untilReady(rollcall: Rollcall): Promise<void> {
  await until(async () => (await fetch(`${rollcall.url}/readyz`)).ok);
}

async function watch(what: string, rollcall: Rollcall, looks: readonly Look[], time: number): Promise<Row[]> {
  const answered: Answered[] = [];
  const end = Date.now() + time;
  while (Date.now() < end) {
    answered.push(...(await lookAtAll(rollcall, looks)));
    // More than 20 requests a second would exceed the rate limit.
    await pause(roundEvery);
  }
  const refused = answered.filter(({ status }) => status !== 200);
  for (const { who, path, status } of refused.slice(0, 5)) console.log(`  ${who} ${path}: ${status}`);
  const [first, ...others] = answered.map(({ took }) => took).toSorted((a, b) => b - a);
  return [
    { what: `${what}: requests`, figure: answered.length, unit: "" },
    { what: "of them rejected", figure: refused.length, unit: "", limit: 0 },
    { what: "slowest, first request of a round", figure: first ?? 0, unit: "ms", limit: firstLimit },
    {
      what: "others, p99",
      figure: quantile(others, 0.99),
      unit: "ms",
      limit: othersLimit,
    },
  ];
}
