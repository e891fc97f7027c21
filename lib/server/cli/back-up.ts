import "server-only";

import { existsSync, mkdirSync, renameSync } from "node:fs";
import { dirname } from "node:path";

import SqliteDriver from "better-sqlite3";

import { inspectFile, type Contents } from "./inspect-file";
import type { OnProgress } from "./progress";
import { removeWithJournals } from "./remove-with-journals";

/** 4 MiB with SQLite's usual pages: often enough to say how far the copy is. */
const pagesAtOnce = 1_024;

/**
 * Copies the database to a new file, even while a server writes to it, and verifies the copy before it gets its name.
 * Throws if the target exists or the copy is damaged. An interrupted copy is removed by the next one.
 */
export async function backUp(file: string, target: string, onProgress: OnProgress): Promise<Contents> {
  if (!existsSync(file)) throw new Error(`There is no database at ${file}.`);
  if (existsSync(target)) throw new Error(`${target} exists already. Name another file.`);
  mkdirSync(dirname(target), { recursive: true });
  const unfinished = `${target}.unfinished`;
  removeWithJournals(unfinished);
  try {
    await copyDatabase(file, unfinished, onProgress);
    const contents = inspectFile(unfinished);
    renameSync(unfinished, target);
    return contents;
  } finally {
    removeWithJournals(unfinished);
  }
}

async function copyDatabase(file: string, target: string, onProgress: OnProgress): Promise<void> {
  const driver = new SqliteDriver(file, { readonly: true, fileMustExist: true });
  try {
    const pageSize = Number(driver.pragma("page_size", { simple: true }));
    // The open transaction holds one consistent state for all steps of the copy; later commits do not restart it.
    driver.exec("begin");
    driver.prepare("select count(*) from sqlite_schema").get();
    await driver.backup(target, {
      progress: ({ totalPages, remainingPages }) => {
        if (totalPages > 0) onProgress((totalPages - remainingPages) * pageSize, totalPages * pageSize);
        return pagesAtOnce;
      },
    });
  } finally {
    driver.close();
  }
}
