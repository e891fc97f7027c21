import { existsSync, readFileSync } from "node:fs";

import { type Kysely, Migrator, sql } from "kysely";
import { describe, expect, it } from "vitest";

import type { DatabaseAddress } from "@/lib/server/config/database";

import { migrationNames, migrations } from "./migrate";
import { openDatabase } from "./open-database";
import type { Database } from "./schema";
import { engines } from "./testing/engines";
import { openBehind, openTestStore } from "./testing/history-file";

const start = Date.UTC(2026, 10, 23, 12);
const minute = 60_000;

/** What a database of one level held (testing/write-level.ts), statement by statement. */
function fixtureOf(level: string): string {
  return readFileSync(`lib/server/db/testing/levels/${level}.sql`, "utf8");
}

/** The rows that a server of that level wrote, a statement each. */
function rowsOf(level: string): string[] {
  return fixtureOf(level)
    .split("\n")
    .filter((line) => line.startsWith("insert into ") && !line.startsWith("insert into kysely_"));
}

async function migrateTo(level: string, db: Kysely<Database>): Promise<void> {
  const provider = { getMigrations: () => Promise.resolve(migrations) };
  const { error } = await new Migrator({ db, provider }).migrateTo(level);
  expect(error).toBeUndefined();
}

/** Makes a database as a server of that level left it. */
async function leaveAt(level: string, address: DatabaseAddress): Promise<void> {
  if (address.engine === "sqlite") {
    const driver = openBehind(address.file);
    driver.exec(fixtureOf(level));
    driver.close();
    return;
  }
  const db: Kysely<Database> = openDatabase(address);
  await migrateTo(level, db);
  for (const row of rowsOf(level)) await sql.raw(row).execute(db);
  await db.destroy();
}

it.each(migrationNames)("there is a database of level %s to upgrade from", (level) => {
  expect(existsSync(`lib/server/db/testing/levels/${level}.sql`)).toBe(true);
});

describe.each(engines)("an upgrade on $engine", ({ newDatabase }) => {
  it.each(migrationNames)("from level %s keeps everything, and the database works on", async (level) => {
    const address = await newDatabase();
    await leaveAt(level, address);
    const has = (since: string) => level >= since;
    const store = await openTestStore(address);

    expect(await store.readEndpoints()).toMatchObject([{ endpointId: "acme-a", org: "acme" }]);
    expect(await store.readRolloutFacts("acme-a", "d1")).toMatchObject({
      version: "7",
      endedAt: start + 5 * minute,
      removed: { since: start + 7 * minute, lastSeenAt: start + 6 * minute },
    });
    const observations = await store.readObservations("acme-a", "d1");
    expect(observations.map(({ at, state }) => [at, state.status, state.updatedReplicas])).toEqual([
      [start, "in_progress", 0],
      [start + minute, "in_progress", 6],
      [start + 2 * minute, "done", 12],
    ]);
    expect((await store.readUnreadFields(["acme-a"])).get("acme-a")).toEqual(["spare"]);

    const now = start + 10 * minute;
    if (has("0002")) expect(await store.guestLinks.find("hash of a link", now)).toMatchObject({ id: "l1" });
    if (has("0004")) {
      expect(await store.accounts.find("ada")).toMatchObject({ role: "administrator", isOneTime: false });
      expect(await store.sessions.find("hash of a session", now)).toMatchObject({ account: "ada" });
      expect(await store.screens.find("hash of a pass", now)).toMatchObject({
        name: "hall",
        displaySettings: { theme: "dark" },
      });
      expect(await store.audit.list({ limit: 9, before: null })).toMatchObject([{ about: "hall" }]);
    }
    if (has("0005")) expect(await store.acknowledgements.list()).toMatchObject([{ by: "ada" }]);
    if (has("0014")) expect(await store.serviceTokens.list()).toMatchObject([{ name: "ci" }]);

    // The keys that the database numbers itself go on where they were.
    await store.audit.add({ at: now, actor: "ada", action: "upgraded", about: level });
    expect(await store.audit.list({ limit: 1, before: null })).toMatchObject([{ about: level }]);
  });
});

/** The last migration that renamed something: no build from before it runs beside a newer one. */
const lastRenaming = "0008_field_terms";
const compatible = migrationNames.filter((name) => name >= lastRenaming);

/** The columns that a build may rely on; whether one may be null decides what it may leave out. */
async function columnsOf(db: Kysely<Database>) {
  const tables = await db.introspection.getTables();
  return tables.flatMap(({ name: table, columns }) =>
    columns.map(({ name, dataType, isNullable, hasDefaultValue, isAutoIncrementing }) => ({
      ...{ table, name, dataType, isNullable },
      mayBeLeftOut: isNullable || hasDefaultValue || isAutoIncrementing,
    })),
  );
}

describe.each(engines)("a build of a former level beside the head on $engine", ({ newDatabase }) => {
  it("finds every column it knows, and may leave out the new ones", async () => {
    const db = openDatabase(await newDatabase());
    await migrateTo(lastRenaming, db);
    let former = await columnsOf(db);
    expect(former.length).toBeGreaterThan(60);
    for (const level of compatible.slice(1)) {
      await migrateTo(level, db);
      const columns = await columnsOf(db);
      expect(columns, level).toEqual(expect.arrayContaining(former));
      const known = new Set(former.map(({ table, name }) => `${table}.${name}`));
      const tables = new Set(former.map(({ table }) => table));
      const demanded = columns.filter(
        ({ table, name, mayBeLeftOut }) =>
          tables.has(table) && !known.has(`${table}.${name}`) && !mayBeLeftOut,
      );
      expect(demanded, level).toEqual([]);
      former = columns;
    }
    await db.destroy();
  });

  it("writes its rows as before", async () => {
    const address = await newDatabase();
    await openTestStore(address);
    const db = openDatabase(address);
    for (const level of compatible) {
      const undone = new Error("undone");
      const writing = db.transaction().execute(async (transaction) => {
        for (const row of rowsOf(level)) await sql.raw(row).execute(transaction);
        throw undone;
      });
      await expect(writing, level).rejects.toBe(undone);
    }
    await db.destroy();
  });
});
