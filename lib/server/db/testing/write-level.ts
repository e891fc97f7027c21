/*
 * Writes the fixture of the newest migration: a database at that level, with rows, as SQL text. Run it once when a
 * migration lands, and never change what it wrote:
 *   node --conditions=react-server --import tsx lib/server/db/testing/write-level.ts [NAME]
 */
import { rmSync, writeFileSync } from "node:fs";

import SqliteDriver from "better-sqlite3";
import { Migrator } from "kysely";
import * as z from "zod";

import { migrationNames, migrations } from "../migrate";
import { openSqlite } from "../open-sqlite";

import { levelRows } from "./level-rows";

const [name = migrationNames.at(-1) ?? ""] = process.argv.slice(2);
const file = `.cache/${name}.db`;
for (const suffix of ["", "-wal", "-shm"]) rmSync(`${file}${suffix}`, { force: true });

const db = openSqlite(file);
const provider = { getMigrations: () => Promise.resolve(migrations) };
const { error } = await new Migrator({ db, provider }).migrateTo(name);
if (error !== undefined) throw new Error(`cannot migrate to ${name}`, { cause: error });

const tables = await db.introspection.getTables();
const inserts: string[] = [];
for (const [table, rows] of levelRows) {
  const columns = tables.find((each) => each.name === table)?.columns.map((column) => column.name);
  if (columns === undefined) continue;
  for (const row of rows) {
    const known = Object.entries(row).filter(([column]) => columns.includes(column));
    inserts.push(
      `insert into ${table} (${known.map(([column]) => column).join(", ")}) values (${known.map(([, value]) => toLiteral(value)).join(", ")});`,
    );
  }
}
await db.destroy();

const driver = new SqliteDriver(file);
const schema = z
  .array(z.string())
  .parse(
    driver
      .prepare(
        "select sql from sqlite_schema where sql is not null and name not like 'sqlite_%' order by rowid",
      )
      .pluck()
      .all(),
  );
const recorded = migrationNames
  .filter((each) => each <= name)
  .map(
    (each) =>
      `insert into kysely_migration (name, timestamp) values ('${each}', '2026-11-26T00:00:00.000Z');`,
  );
recorded.push("insert into kysely_migration_lock (id, is_locked) values ('migration_lock', 0);");
driver.close();
const text = [...schema.map((each) => `${each};`), ...recorded, ...inserts].join("\n");
writeFileSync(`lib/server/db/testing/levels/${name}.sql`, `${text}\n`);

function toLiteral(value: string | number | null): string {
  if (value === null) return "null";
  return typeof value === "number" ? String(value) : `'${value.replaceAll("'", "''")}'`;
}
