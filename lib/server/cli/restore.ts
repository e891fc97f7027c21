import "server-only";

import { existsSync, renameSync } from "node:fs";
import { open } from "node:fs/promises";

import { holdDatabase } from "@/lib/server/db/database-lock";

import { inspectFile, type Contents } from "./inspect-file";
import type { OnProgress } from "./progress";
import { removeWithJournals } from "./remove-with-journals";

/** `keptAside`: where the previous database is kept; null if there was none. */
export type Restored = Contents & { keptAside: string | null };

/**
 * Replaces the database with a backup and keeps the previous one. Changes nothing unless the backup is valid. Throws
 * while a server uses the database, and if the backup is missing, damaged or newer than this build. After an
 * interruption, run it again: the previous database is at its place or kept aside.
 */
export async function restore(
  file: string,
  backup: string,
  now: Date,
  onProgress: OnProgress,
): Promise<Restored> {
  if (!existsSync(backup)) throw new Error(`There is no backup at ${backup}.`);
  const release = holdDatabase(file);
  const incoming = `${file}.incoming`;
  try {
    removeWithJournals(incoming);
    await copyFile(backup, incoming, onProgress);
    const contents = inspectFile(incoming);
    const keptAside = setAside(file, now);
    renameSync(incoming, file);
    return { ...contents, keptAside };
  } finally {
    removeWithJournals(incoming);
    release();
  }
}

/** Copies a file onto the disk, so that a power cut after the rename cannot leave an empty database. */
async function copyFile(from: string, to: string, onProgress: OnProgress): Promise<void> {
  const source = await open(from, "r");
  const target = await open(to, "w");
  try {
    const { size } = await source.stat();
    const chunk = Buffer.alloc(4 * 1_024 * 1_024);
    for (let done = 0; ;) {
      const { bytesRead } = await source.read(chunk);
      if (bytesRead === 0) break;
      await target.writeFile(chunk.subarray(0, bytesRead));
      done += bytesRead;
      onProgress(done, size);
    }
    await target.sync();
  } finally {
    await source.close();
    await target.close();
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
