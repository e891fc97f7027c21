import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import SqliteDriver from "better-sqlite3";
import { onTestFinished } from "vitest";

import { openSqlite } from "../open-sqlite";
import { openStore } from "../store";

/** A path for a database in a folder of its own, removed when the test has finished. */
export function newDatabasePath(): string {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-history-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "rollcall.db");
}

/** The store on a database file, closed when the test has finished. */
export async function openTestStore(path: string) {
  const store = await openStore(openSqlite(path));
  onTestFinished(() => store.close());
  return store;
}

/** The same file through a connection of its own, to look behind the store or to spoil what it wrote. */
export function openBehind(path: string): SqliteDriver.Database {
  const driver = new SqliteDriver(path);
  onTestFinished(() => void driver.close());
  return driver;
}
