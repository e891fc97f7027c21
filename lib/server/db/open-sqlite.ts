import "server-only";

import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";

import SqliteDriver from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";

import type { Database } from "./schema";

/**
 * Opens a SQLite file and creates its folder if it is missing. With WAL, readers continue while the leader writes; with
 * FULL, a committed observation survives a power cut. Throws if the path cannot be written.
 */
export function openSqlite(file: string): Kysely<Database> {
  const path = resolve(/* turbopackIgnore: true */ file);
  mkdirSync(dirname(path), { recursive: true });
  const driver = new SqliteDriver(path);
  driver.pragma("journal_mode = WAL");
  driver.pragma("synchronous = FULL");
  driver.pragma("foreign_keys = ON");
  // In KiB: keeps the index pages of a large file in memory.
  driver.pragma("cache_size = -32000");
  // In ms. Waiting blocks the whole process, and the history writer retries anyway.
  driver.pragma("busy_timeout = 250");
  return new Kysely<Database>({ dialect: new SqliteDialect({ database: driver }) });
}
