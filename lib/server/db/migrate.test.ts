import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it, test } from "vitest";

import { Kysely, sql, SqliteDialect, type CompiledQuery } from "kysely";

import { openDatabase } from "./open-database";
import { migrate, migrationNames, type MigrationStep } from "./migrate";
import { engines } from "./testing/engines";
import { openSqlite } from "./open-sqlite";
import type { Database } from "./schema";
import { openStore } from "./store";
import { firstObservation } from "./testing/entries";
import { newDatabasePath, openBehind, openTestStore } from "./testing/history-file";

describe("the schema", () => {
  it("is created once and left unchanged afterwards", async () => {
    const path = newDatabasePath();
    const schemaOf = () =>
      openBehind(path).prepare("select type, name, sql from sqlite_schema order by name").all();
    await (await openTestStore(path)).write([firstObservation(1_000)]);
    const made = schemaOf();
    const again = await openTestStore(path);
    expect(schemaOf()).toEqual(made);
    expect(await again.readObservations("acme", "d1")).toHaveLength(1);
  });

  it("is completed after an interruption at any step", async () => {
    const whole = newDatabasePath();
    const steps = await recordSteps(whole);
    const indexes = indexesOf(whole);
    expect(steps.length).toBeGreaterThan(20);
    for (let done = 1; done <= steps.length; done += 1) {
      const path = newDatabasePath();
      const interrupted = openBehind(path);
      // The process is interrupted, not the disk.
      interrupted.pragma("synchronous = OFF");
      for (const { sql: text, parameters } of steps.slice(0, done))
        interrupted.prepare(text).run(...parameters);
      const store = await openTestStore(path);
      await store.write([firstObservation(1_000)]);
      expect(await store.readObservations("acme", "d1")).toHaveLength(1);
      expect(indexesOf(path)).toEqual(indexes);
    }
  }, 180_000);

  it("says which step it is at, of an existing database only", async () => {
    const path = newDatabasePath();
    const said: string[] = [];
    const db = openDatabase({ engine: "sqlite", file: path });
    const say = ({ name, position, total }: MigrationStep) => said.push(`${name}: ${position} of ${total}`);
    await migrate(db, say);
    expect(said).toEqual([]);
    openBehind(path).exec("delete from kysely_migration where name > '0012'");
    await migrate(db, say);
    const missing = migrationNames.filter((name) => name > "0012");
    expect(said).toEqual(missing.map((name, nth) => `${name}: ${nth + 1} of ${missing.length}`));
    await db.destroy();
  });

  it("is refused if a newer Rollcall wrote it", async () => {
    const path = newDatabasePath();
    await (await openTestStore(path)).close();
    openBehind(path).exec("insert into kysely_migration values ('2999_later', '2999-01-01')");
    await expect(openTestStore(path)).rejects.toThrow("It was written by a newer Rollcall.");
  });
});

describe.each(engines)("on $engine", ({ newDatabase }) => {
  it("a database that records former names of migrations gets the new names", async () => {
    const address = await newDatabase();
    await (await openTestStore(address)).write([firstObservation(1_000)]);
    const db = openDatabase(address);
    const former = [
      "2026-11-23-first-tables",
      "2026-11-23-guest-links",
      "2026-11-23-lease",
      "2026-11-24-access",
      "2026-11-24-acknowledgement",
      "2026-11-26-approvers",
    ];
    for (const [nth, name] of former.entries())
      await sql`update kysely_migration set name = ${name} where name = ${migrationNames[nth] ?? ""}`.execute(
        db,
      );
    await sql`delete from kysely_migration where name like '00%'`.execute(db);
    await sql`alter table observation drop column messages_between`.execute(db);
    const again = await openTestStore(address);
    expect(await again.readObservations("acme", "d1")).toHaveLength(1);
    const recorded = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
    expect(recorded.rows.map(({ name }) => name)).toEqual(migrationNames);
    await db.destroy();
  });
});

test("migrations are ordered by their numbers, each used once", () => {
  const numbers = migrationNames.map((name) => Number(name.slice(0, 4)));
  expect(numbers).toEqual([...new Set(numbers)].toSorted((one, other) => one - other));
});

describe("the file", () => {
  it("is created with its folder and a write-ahead log, so that readers do not wait for writers", async () => {
    const path = join(newDatabasePath(), "deeper", "still.db");
    await openTestStore(path);
    expect(existsSync(path)).toBe(true);
    expect(openBehind(path).pragma("journal_mode", { simple: true })).toBe("wal");
  });

  it("is synced at every commit (synchronous=FULL), so that a power cut loses no committed write", async () => {
    const db = openSqlite(newDatabasePath());
    const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db);
    expect(rows).toEqual([{ synchronous: 2 }]);
    await db.destroy();
  });

  it("that is not a database is refused and left unchanged", () => {
    const path = newDatabasePath();
    writeFileSync(path, "these are notes, not a database".repeat(60));
    expect(() => openSqlite(path)).toThrow(/not a database/);
  });

  it("in a folder that cannot be created is refused", () => {
    const path = newDatabasePath();
    writeFileSync(path, "");
    expect(() => openSqlite(join(path, "rollcall.db"))).toThrow(/ENOTDIR|EEXIST/);
  });

  it("answers a ping while it can be read, and says whether it can be written", async () => {
    const path = newDatabasePath();
    const store = await openStore(openSqlite(path));
    await expect(store.tryWriting()).resolves.toBeUndefined();
    const other = openBehind(path);
    other.exec("begin immediate");
    await expect(store.tryWriting()).rejects.toThrow(/locked/);
    await expect(store.ping()).resolves.toBeUndefined();
    other.exec("rollback");
    await expect(store.tryWriting()).resolves.toBeUndefined();
    await store.close();
    await expect(store.ping()).rejects.toThrow();
  });
});

function indexesOf(path: string): unknown[] {
  return openBehind(path).prepare("select name from sqlite_schema where type = 'index' order by name").all();
}

/** Every statement that changes an empty file into one with the whole schema, in order. */
async function recordSteps(path: string): Promise<CompiledQuery[]> {
  const steps: CompiledQuery[] = [];
  const db = new Kysely<Database>({
    dialect: new SqliteDialect({ database: openBehind(path) }),
    log: ({ query }) => {
      if (/^(create|alter|drop|insert|update|delete) /.test(query.sql)) steps.push(query);
    },
  });
  await migrate(db);
  return steps;
}
