import SqliteDriver from "better-sqlite3";
import { Kysely, SqliteDialect, type CompiledQuery, type KyselyPlugin } from "kysely";
import pg from "pg";
import { expect, it, onTestFinished } from "vitest";
import * as z from "zod";

import { openPostgres } from "./open-postgres";
import type { Database } from "./schema";
import { openStore } from "./store";
import { firstObservation, recording } from "./testing/entries";
import { newPostgresDatabase } from "./testing/engines";

type Query = Pick<CompiledQuery, "sql" | "parameters">;

/** Asks everything there is to ask about one endpoint, and answers with what was asked of the engine. */
async function askEverything(db: Kysely<Database>): Promise<Query[]> {
  const queries: Query[] = [];
  const recorder: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      queries.push(db.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  const store = await openStore(db.withPlugin(recorder));
  onTestFinished(() => store.close());
  queries.length = 0;
  const cause = { code: "paused", message: "Asleep." } as const;
  const reply = { body: "{}", isShortened: false, unreadFields: [] };
  await store.write([
    firstObservation(1_000),
    recording(2_000, { span: { from: 1_000 }, reply }),
    { kind: "gapStart", endpointId: "acme", spanFrom: 1_000, cause },
    { kind: "delisting", endpointId: "acme", removedSince: 3_000 },
  ]);
  await store.readRollouts("acme", { limit: 5 });
  await store.readRollouts("acme", { limit: 5, listedOnly: true });
  await store.readRollouts("acme", { limit: 5, after: { sortAt: 5, deploymentId: "d" } });
  await store.readLowestGuaranteed("acme", ["d1", "d2"]);
  await store.readRolloutFacts("acme", "d1");
  await store.readObservations("acme", "d1");
  await store.readLatestObservation("acme", "d1");
  await store.readTimeline("acme", "d1");
  await store.readRecentObservations("acme", 5);
  await store.readSpans("acme", { from: 0, until: 9 });
  await store.readRecentSpans("acme", 5);
  await store.readFactsOf("acme", ["d1", "d2"]);
  await store.readUnreadFields(["acme"]);
  await store.readReply("acme");

  await store.lease.read();
  await store.snapshots.readAfter(3);
  const asked = queries.filter(({ sql }) => /^(select|update|insert)/.test(sql));
  expect(asked.length).toBeGreaterThan(14);
  return asked;
}

it("every query but the list of endpoints finds its rows by an index of SQLite", async () => {
  const driver = new SqliteDriver(":memory:");
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: driver }) });
  for (const { sql, parameters } of await askEverything(db)) {
    const plan = driver
      .prepare(`explain query plan ${sql}`)
      .all(...parameters)
      .map((row) => JSON.stringify(row))
      .join("\n");
    expect(plan, sql).not.toMatch(/SCAN|TEMP B-TREE/);
  }
});

const planRow = z.object({ "QUERY PLAN": z.string() });

it("every query but the list of endpoints can find its rows by an index of PostgreSQL", async () => {
  const { url } = await newPostgresDatabase();
  const asked = await askEverything(openPostgres(url));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // Small tables are quicker read whole; what matters is whether large ones would have to be.
  await client.query("set enable_seqscan = off");
  for (const { sql, parameters } of asked) {
    const { rows } = await client.query(`explain ${sql}`, [...parameters]);
    const plan = rows.map((row) => planRow.parse(row)["QUERY PLAN"]).join("\n");
    expect(plan, sql).not.toMatch(/Seq Scan/);
  }
  await client.end();
});
