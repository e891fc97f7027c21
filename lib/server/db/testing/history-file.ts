import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import SqliteDriver from "better-sqlite3";
import type { KyselyPlugin } from "kysely";
import { onTestFinished } from "vitest";

import type { DatabaseAddress } from "@/lib/server/config/database";

import { openDatabase } from "../open-database";
import { openStore } from "../store";

/** A path for a database in a new folder, which is removed after the test. */
export function newDatabasePath(): string {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-history-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "rollcall.db");
}

/** Opens the store of a file path or an address, with plugins that see its queries, and closes it after the test. */
export async function openTestStore(where: string | DatabaseAddress, plugins: readonly KyselyPlugin[] = []) {
  const address: DatabaseAddress = typeof where === "string" ? { engine: "sqlite", file: where } : where;
  const db = plugins.reduce((known, plugin) => known.withPlugin(plugin), openDatabase(address));
  const store = await openStore(db);
  onTestFinished(() => store.close());
  return store;
}

/** Opens the file on a separate connection, to inspect or damage what the store wrote. */
export function openBehind(path: string): SqliteDriver.Database {
  const driver = new SqliteDriver(path);
  onTestFinished(() => void driver.close());
  return driver;
}
