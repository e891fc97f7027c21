import "server-only";

import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";

import SqliteDriver from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";

import type { Database } from "./schema";

/**
 * Opens the embedded engine, making the folder when it is missing. WAL lets readers go on while the
 * watcher writes; FULL makes a committed observation survive a power cut.
 * Throws when the path cannot be written.
 */
export function openSqlite(file: string): Kysely<Database> {
  const path = resolve(/* turbopackIgnore: true */ file);
  mkdirSync(dirname(path), { recursive: true });
  const driver = new SqliteDriver(path);
  driver.pragma("journal_mode = WAL");
  driver.pragma("synchronous = FULL");
  driver.pragma("foreign_keys = ON");
  // In KiB: the index pages that every question goes through stay at hand also when the file is large.
  driver.pragma("cache_size = -32000");
  // Waiting stops the whole process, viewers included; the watcher's saver tries again anyway.
  driver.pragma("busy_timeout = 250");
  return new Kysely<Database>({ dialect: new SqliteDialect({ database: driver }) });
}
