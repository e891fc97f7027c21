import { readFileSync, statSync, writeFileSync } from "node:fs";

import { sql, type Kysely } from "kysely";
import { describe, expect, it, vi } from "vitest";

import { latestObservation } from "@/lib/domain/rollout";
import { openSqlite } from "@/lib/server/db/open-sqlite";
import type { Database } from "@/lib/server/db/schema";

import { newHistoryFile, readSpans, startCerebras, startWatching, wire } from "./testing/watch-stage";

async function startOn() {
  const cerebras = await startCerebras({ "acme-one": [wire({ updated_replicas: 5 })] });
  const file = newHistoryFile();
  const db = openSqlite(file);
  const watching = await startWatching(cerebras.url, { file, db });
  const updated = () => {
    const [rollout] = watching.endpointStore.get("acme-one")?.picture?.rollouts ?? [];
    return rollout === undefined ? null : latestObservation(rollout).state.updatedReplicas;
  };
  const until = async (replicas: number) => {
    cerebras.known.set("acme-one", [wire({ updated_replicas: replicas, error: "x".repeat(9_000) })]);
    await vi.waitFor(() => expect(updated()).toBe(replicas));
  };
  await until(5);
  return { ...watching, db, file, until };
}

type Case = {
  why: string;
  harm: (db: Kysely<Database>) => Promise<unknown>;
  repair: (db: Kysely<Database>) => Promise<unknown>;
};

const cases: Case[] = [
  {
    why: "the disk is full",
    harm: async (db) => {
      const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db);
      await sql.raw(`pragma max_page_count = ${rows[0]?.page_count ?? 0}`).execute(db);
    },
    repair: (db) => sql`pragma max_page_count = 1073741823`.execute(db),
  },
  {
    why: "the database is read-only",
    harm: (db) => sql`pragma query_only = on`.execute(db),
    repair: (db) => sql`pragma query_only = off`.execute(db),
  },
];

describe("while saving fails", () => {
  it.each(cases)(
    "because $why, the live view continues, and everything is saved afterwards",
    async (each) => {
      const { db, historyWriter, history, until } = await startOn();
      await each.harm(db);
      for (const replicas of [6, 7, 8]) await until(replicas);
      await vi.waitFor(() => expect(historyWriter.outage()?.problem).toBe(each.why));
      expect(await history.readObservations("acme-one", "d8")).toHaveLength(1);
      await each.repair(db);
      await vi.waitFor(() => expect(historyWriter.outage()).toBeNull());
      const observations = await history.readObservations("acme-one", "d8");
      expect(observations.map(({ state }) => state.updatedReplicas)).toEqual([5, 6, 7, 8]);
      expect(await readSpans(history)).toHaveLength(1);
    },
  );

  it("because the file is damaged, the live view continues and reports it", async () => {
    const { db, file, historyWriter, until } = await startOn();
    for (let replicas = 6; replicas < 30; replicas += 1) await until(replicas % 12);
    await sql`pragma wal_checkpoint(truncate)`.execute(db);
    spoil(file);
    await sql`pragma shrink_memory`.execute(db);
    await until(40);
    await until(41);
    await vi.waitFor(() => expect(historyWriter.outage()?.problem).toBe("the database is damaged"));
  });
});

/** Overwrites all but the first pages. */
function spoil(file: string): void {
  const { size } = statSync(file);
  const bytes = readFileSync(file);
  bytes.fill(0xaa, 4_096 * 2, size);
  writeFileSync(file, bytes);
}
