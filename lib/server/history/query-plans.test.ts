import SqliteDriver from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { expect, it, onTestFinished } from "vitest";

import type { Database } from "./schema";
import { openStore } from "./store";
import { firstSight, recording } from "./testing/entries";

it("every query but the list of endpoints finds its rows by an index", async () => {
  const driver = new SqliteDriver(":memory:");
  const queries: { sql: string; parameters: readonly unknown[] }[] = [];
  const db = new Kysely<Database>({
    dialect: new SqliteDialect({ database: driver }),
    log: ({ query }) => void queries.push(query),
  });
  const store = await openStore(db);
  onTestFinished(() => store.close());

  queries.length = 0;
  const cause = { code: "paused", message: "Asleep." } as const;
  const reply = { body: "{}", isShortened: false, unreadFields: [] };
  await store.write([
    firstSight(1_000),
    recording(2_000, { span: { from: 1_000 }, reply }),
    { kind: "breakage", endpointId: "acme", spanFrom: 1_000, cause },
    { kind: "departure", endpointId: "acme", goneSince: 3_000 },
  ]);
  await store.readRollouts("acme", { limit: 5 });
  await store.readRollouts("acme", { limit: 5, listedOnly: true });
  await store.readRollouts("acme", { limit: 5, after: { sortAt: 5, deploymentId: "d" } });
  await store.readLowestGuaranteed("acme", ["d1", "d2"]);
  await store.readRolloutFacts("acme", "d1");
  await store.readObservations("acme", "d1");
  await store.readRecentObservations("acme", 5);
  await store.readSpans("acme", { from: 0, until: 9 });
  await store.readRecentSpans("acme", 5);
  await store.readReply("acme");

  const asked = queries.filter(({ sql }) => /^(select|update|insert)/.test(sql));
  expect(asked.length).toBeGreaterThan(12);
  for (const { sql, parameters } of asked) {
    const plan = driver
      .prepare(`explain query plan ${sql}`)
      .all(...parameters)
      .map((row) => JSON.stringify(row))
      .join("\n");
    expect(plan, sql).not.toMatch(/SCAN|TEMP B-TREE/);
  }
});
