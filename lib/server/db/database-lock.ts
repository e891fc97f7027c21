import "server-only";

import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";

import SqliteDriver from "better-sqlite3";

/** Another process holds the database. */
export class InUse extends Error {
  constructor(options?: ErrorOptions) {
    super("another Rollcall is using it", options);
  }
}

/** Keeps locked connections from being garbage-collected, which would release the lock. */
const held = new Set<SqliteDriver.Database>();

/**
 * Locks the database for this process until it calls the returned function or ends. The operating system releases the
 * lock even after a crash. It is on a separate file, and readers and backups ignore it. Throws InUse if another process
 * holds it.
 */
export function holdDatabase(file: string): () => void {
  const path = resolve(/* turbopackIgnore: true */ file);
  mkdirSync(dirname(path), { recursive: true });
  const driver = new SqliteDriver(`${path}-lock`, { timeout: 0 });
  try {
    driver.exec("begin exclusive");
  } catch (error) {
    driver.close();
    if (!(error instanceof SqliteDriver.SqliteError) || error.code !== "SQLITE_BUSY") throw error;
    throw new InUse({ cause: error });
  }
  held.add(driver);
  return () => {
    held.delete(driver);
    driver.close();
  };
}
