import "server-only";

import SqliteDriver from "better-sqlite3";
import * as z from "zod";

import { migrationNames, toNumberedName } from "../db/migrate";

const names = z.array(z.string());
const count = z.int();

export type Contents = { rollouts: number; observations: number };

/**
 * Verifies a database file that nothing else has open, and merges its journals into it. Throws if it is damaged, is not
 * a Rollcall database, or is newer than this build.
 */
export function inspectFile(file: string): Contents {
  const driver = new SqliteDriver(file, { fileMustExist: true });
  try {
    driver.pragma("journal_mode = DELETE");
    const integrity = driver.pragma("integrity_check", { simple: true });
    if (integrity !== "ok") throw new Error(`It is damaged: ${String(integrity)}`);
    const broken = z.array(z.unknown()).parse(driver.pragma("foreign_key_check"));
    if (broken.length > 0) throw new Error(`It is damaged: ${broken.length} rows refer to missing rows.`);
    refuseForeignSchema(driver);
    return { rollouts: countRows(driver, "rollout"), observations: countRows(driver, "observation") };
  } finally {
    driver.close();
  }
}

function refuseForeignSchema(driver: SqliteDriver.Database): void {
  const tables = driver.prepare("select name from sqlite_schema where type = 'table'").pluck().all();
  if (!tables.includes("kysely_migration") || !tables.includes("observation"))
    throw new Error("It is a database, but not a Rollcall database.");
  const applied = names.parse(driver.prepare("select name from kysely_migration").pluck().all());
  if (applied.some((name) => !migrationNames.includes(toNumberedName(name))))
    throw new Error("It was written by a newer Rollcall.");
}

function countRows(driver: SqliteDriver.Database, table: "rollout" | "observation"): number {
  return count.parse(driver.prepare(`select count(*) from ${table}`).pluck().get());
}
