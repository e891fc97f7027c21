import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import SqliteDriver from "better-sqlite3";
import { onTestFinished } from "vitest";

import type { DatabaseAddress } from "@/lib/server/config/database";

import { openDatabase } from "../open-database";
import { openStore } from "../store";

/** A path for a database in a folder of its own, removed when the test has finished. */
export function newDatabasePath(): string {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-history-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "rollcall.db");
}

/** The store on a database (of a file: its path is enough), closed when the test has finished. */
export async function openTestStore(where: string | DatabaseAddress) {
  const address: DatabaseAddress = typeof where === "string" ? { engine: "sqlite", file: where } : where;
  const store = await openStore(openDatabase(address));
  onTestFinished(() => store.close());
  return store;
}

/** The same file through a connection of its own, to look behind the store or to spoil what it wrote. */
export function openBehind(path: string): SqliteDriver.Database {
  const driver = new SqliteDriver(path);
  onTestFinished(() => void driver.close());
  return driver;
}
