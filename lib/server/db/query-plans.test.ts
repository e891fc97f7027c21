import SqliteDriver from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import pg from "pg";
import { expect, it, onTestFinished } from "vitest";
import * as z from "zod";

import { openPostgres } from "./open-postgres";
import type { Database } from "./schema";
import { newPostgresDatabase } from "./testing/engines";
import { askEverything, type Query } from "./testing/every-query";

/**
 * These read a whole table, or sort what they found. Each is rare (at a start, once a day, at a sign-in, or when a person
 * asks), or finds few rows; and its table is kept small by pruning or by a limit.
 */
const mayScan = new Set([
  "readEndpoints",
  "readEndpointOwners",
  "readPasts",
  // Sorts what is due.
  "deliveries.claim",
  "deliveries.openOutages",
  "deliveries.list",
  "deliveries.list, filtered",
  "traffic.readSources",
  "traffic.readEndpointIds",
  "snapshots.publish",
  // Nearly always empty.
  "earlyPolls.take",
  "pruneAccess",
  "accounts.isEmpty",
  "accounts.list",
  "accounts.lockAdministrators",
  "attempts.invalidateAll",
  "sessions.add",
  "sessions.latestOfEach",
  "sessions.list",
  "sessions.list, own",
  "screens.beginPairing",
  "screens.list",
  "screens.noteApprover",
  "screens.revokeAllOf",
  "guestLinks.list",
  "guestLinks.noteMaker",
  "guestLinks.revokeAllOf",
  "acknowledgements.list",
  "endpointMutes.list",
  "serviceTokens.list",
]);

/** The names of the queries whose plan matches a pattern. */
async function findIn(queries: readonly Query[], plan: (query: Query) => Promise<string>, pattern: RegExp) {
  const found = new Set<string>();
  for (const query of queries) if (pattern.test(await plan(query))) found.add(query.name);
  return [...found].filter((name) => !mayScan.has(name));
}

it("every query finds its rows by an index of SQLite, except the rare ones", async () => {
  const driver = new SqliteDriver(":memory:");
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: driver }) });
  const plan = ({ sql, parameters }: Query) => {
    const rows = driver.prepare(`explain query plan ${sql}`).all(...parameters);
    return Promise.resolve(rows.map((row) => JSON.stringify(row)).join("\n"));
  };
  const asked = await askEverything(db);
  // "audit.list" walks the primary key backwards and stops at its limit: that is a scan of the few rows it returns.
  const scanning = await findIn(asked, plan, /SCAN|TEMP B-TREE/);
  expect(scanning.filter((name) => !name.startsWith("audit.list"))).toEqual([]);
});

const planRow = z.object({ "QUERY PLAN": z.string() });

it("every query can find its rows by an index of PostgreSQL, except the rare ones", async () => {
  const { url } = await newPostgresDatabase();
  const asked = await askEverything(openPostgres(url));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  // PostgreSQL scans small tables although an index exists; only large ones matter here.
  await client.query("set enable_seqscan = off");
  const plan = async ({ sql, parameters }: Query) => {
    const { rows } = await client.query(`explain ${sql}`, [...parameters]);
    return rows.map((row) => planRow.parse(row)["QUERY PLAN"]).join("\n");
  };
  expect(await findIn(asked, plan, /Seq Scan/)).toEqual([]);
});
