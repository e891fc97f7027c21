import "server-only";

import { rmSync } from "node:fs";

/**
 * Removes a database file with the journals beside it. SQLite would apply the journals that an interrupted command left
 * to the next file of that name.
 */
export function removeWithJournals(file: string): void {
  for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(`${file}${suffix}`, { force: true });
}
