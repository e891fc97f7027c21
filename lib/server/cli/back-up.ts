import "server-only";

import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";

import SqliteDriver from "better-sqlite3";

import { inspectFile, type Contents } from "./inspect-file";

/** More pages than any database has: copies all in one step, so that the copy is one consistent state. */
const allPages = 0x7f_ff_ff_ff;

/**
 * Copies the database to a new file, even while a server writes to it, and verifies the copy before it gets its name.
 * Throws if the target exists or the copy is damaged.
 */
export async function backUp(file: string, target: string): Promise<Contents> {
  if (!existsSync(file)) throw new Error(`There is no database at ${file}.`);
  if (existsSync(target)) throw new Error(`${target} exists already. Name another file.`);
  mkdirSync(dirname(target), { recursive: true });
  const unfinished = `${target}.unfinished`;
  rmSync(unfinished, { force: true });
  try {
    await copyDatabase(file, unfinished);
    const contents = inspectFile(unfinished);
    renameSync(unfinished, target);
    return contents;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

async function copyDatabase(file: string, target: string): Promise<void> {
  const driver = new SqliteDriver(file, { readonly: true, fileMustExist: true });
  try {
    await driver.backup(target, { progress: () => allPages });
  } finally {
    driver.close();
  }
}
