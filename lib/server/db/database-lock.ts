import "server-only";

import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";

import SqliteDriver from "better-sqlite3";

/** Somebody else uses the database, and goes on using it. */
export class InUse extends Error {
  constructor(options?: ErrorOptions) {
    super("another Rollcall is using it", options);
  }
}

/** Keeps the connections that hold a lock from being collected, which would let go of it. */
const held = new Set<SqliteDriver.Database>();

/**
 * Takes the database for this process alone, until it is released or the process ends, however it ends:
 * the lock is the system's, on a file beside the database. Readers and backups do not ask for it.
 * Throws when another process holds it. Answers with what releases it.
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
