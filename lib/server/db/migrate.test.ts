import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it, test } from "vitest";

import { Kysely, sql, SqliteDialect, type CompiledQuery } from "kysely";

import { openDatabase } from "./open-database";
import { migrate, migrationNames } from "./migrate";
import { engines } from "./testing/engines";
import { openSqlite } from "./open-sqlite";
import type { Database } from "./schema";
import { openStore } from "./store";
import { firstObservation } from "./testing/entries";
import { newDatabasePath, openBehind, openTestStore } from "./testing/history-file";

describe("the schema", () => {
  it("is made once and left alone afterwards", async () => {
    const path = newDatabasePath();
    const schemaOf = () =>
      openBehind(path).prepare("select type, name, sql from sqlite_schema order by name").all();
    await (await openTestStore(path)).write([firstObservation(1_000)]);
    const made = schemaOf();
    const again = await openTestStore(path);
    expect(schemaOf()).toEqual(made);
    expect(await again.readObservations("acme", "d1")).toHaveLength(1);
  });

  it("is finished where making it was interrupted, after any of its steps", async () => {
    const whole = newDatabasePath();
    const steps = await recordSteps(whole);
    const indexes = indexesOf(whole);
    expect(steps.length).toBeGreaterThan(20);
    for (let done = 1; done <= steps.length; done += 1) {
      const path = newDatabasePath();
      const interrupted = openBehind(path);
      for (const { sql: text, parameters } of steps.slice(0, done))
        interrupted.prepare(text).run(...parameters);
      const store = await openTestStore(path);
      await store.write([firstObservation(1_000)]);
      expect(await store.readObservations("acme", "d1")).toHaveLength(1);
      expect(indexesOf(path)).toEqual(indexes);
    }
  }, 60_000);

  it("of a newer Rollcall is refused", async () => {
    const path = newDatabasePath();
    await (await openTestStore(path)).close();
    openBehind(path).exec("insert into kysely_migration values ('2999_later', '2999-01-01')");
    await expect(openTestStore(path)).rejects.toThrow("It was written by a newer Rollcall.");
  });
});

describe.each(engines)("on $engine", ({ newDatabase }) => {
  it("a database that records the former names of migrations is carried over", async () => {
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
    await sql`delete from kysely_migration where name like '000%'`.execute(db);
    await sql`alter table observation drop column messages_between`.execute(db);
    const again = await openTestStore(address);
    expect(await again.readObservations("acme", "d1")).toHaveLength(1);
    const recorded = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
    expect(recorded.rows.map(({ name }) => name)).toEqual(migrationNames);
    await db.destroy();
  });
});

test("migrations are ordered by their numbers, without a hole", () => {
  expect(migrationNames.map((name) => Number(name.slice(0, 4)))).toEqual(
    migrationNames.map((_, nth) => nth + 1),
  );
});

describe("the file", () => {
  it("is made with its folder, with a write-ahead log, so that readers do not wait for writers", async () => {
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

  it("that is no database is refused and left as it is", () => {
    const path = newDatabasePath();
    writeFileSync(path, "these are somebody's notes, and no database at all".repeat(40));
    expect(() => openSqlite(path)).toThrow(/not a database/);
  });

  it("in a place where nothing can be made is refused", () => {
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
