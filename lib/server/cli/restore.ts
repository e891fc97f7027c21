import "server-only";

import { copyFileSync, existsSync, renameSync, rmSync } from "node:fs";

import { holdDatabase } from "@/lib/server/db/database-lock";
import { inspectFile, type Contents } from "./inspect-file";

/** `keptAside`: where the previous database is kept; null if there was none. */
export type Restored = Contents & { keptAside: string | null };

/**
 * Replaces the database with a backup and keeps the previous one. Changes nothing unless the backup is valid. Throws
 * while a server uses the database, and if the backup is missing, damaged or newer than this build.
 */
export function restore(file: string, backup: string, now: Date): Restored {
  if (!existsSync(backup)) throw new Error(`There is no backup at ${backup}.`);
  const release = holdDatabase(file);
  const incoming = `${file}.incoming`;
  try {
    copyFileSync(backup, incoming);
    const contents = inspectFile(incoming);
    const keptAside = setAside(file, now);
    renameSync(incoming, file);
    return { ...contents, keptAside };
  } finally {
    rmSync(incoming, { force: true });
    release();
  }
}

/** Moves a database with its journals, which may hold its newest rows. */
function setAside(file: string, now: Date): string | null {
  if (!existsSync(file)) return null;
  const aside = `${file}.replaced-${now.toISOString().replaceAll(/[:.]/g, "-")}`;
  for (const journal of ["", "-wal", "-shm"]) {
    if (existsSync(`${file}${journal}`)) renameSync(`${file}${journal}`, `${aside}${journal}`);
  }
  return aside;
}
