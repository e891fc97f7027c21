import "server-only";

import { once } from "node:events";
import { createInterface } from "node:readline";

import { type DatabaseAddress, databasePlace, readDatabaseSetting } from "@/lib/server/config/database";

import { openDatabase } from "../db/open-database";
import { migrate } from "../db/migrate";
import { openStore, type HistoryStore } from "../db/store";
import { backUp } from "./back-up";
import { InUse } from "@/lib/server/db/database-lock";
import { exportHistory } from "./export-history";
import { holdHistory } from "./hold-history";
import { importHistory } from "./import-history";
import type { Contents } from "./inspect-file";
import { listAccounts, removeAccount } from "./manage-accounts";
import { openExisting } from "./open-existing";
import { parsePasswordRequest, resetPassword } from "./reset-password";
import { restore } from "./restore";

/** `rollcall backup FILE`. Throws in words, as every command here. */
export async function runBackup(target: string): Promise<void> {
  const file = needSqlite(readDatabaseSetting(), "pg_dump");
  const contents = await backUp(file, target);
  say(`Backed up to ${target}: ${toCounts(contents)}. It was read whole.`);
}

/** `rollcall restore FILE`. Creates the database where there is none: the backup becomes it. */
export async function runRestore(backup: string): Promise<void> {
  const address = readDatabaseSetting();
  const file = needSqlite(address, "pg_restore");
  const { keptAside, ...contents } = await alone(address, () => restore(file, backup, new Date()));
  const aside = keptAside === null ? "" : ` What was there before is kept as ${keptAside}.`;
  say(`Restored ${backup} to ${file}: ${toCounts(contents)}.${aside}`);
}

/** `rollcall export`: all history to standard output. */
export async function runExport(): Promise<void> {
  const db = await openExisting(readDatabaseSetting(), { isPatient: true });
  try {
    await migrate(db);
    await exportHistory(db, writeOut, new Date());
  } finally {
    await db.destroy();
  }
}

/** `rollcall import`: history from standard input. `isNew` lets it create the database. */
export async function runImport({ isNew }: { isNew: boolean }): Promise<void> {
  const address = readDatabaseSetting();
  const db = isNew
    ? openDatabase(address, { isPatient: true })
    : await openExisting(address, { isPatient: true });
  let release = () => Promise.resolve();
  try {
    await migrate(db);
    release = await alone(address, () => holdHistory(address, db));
    const rows = await importHistory(db, linesOfInput());
    say(`Imported: ${rows} rows were read, and what was not there yet was added.`);
  } finally {
    await release();
    await db.destroy();
  }
}

/** `rollcall password NAME [ROLE] [ORG,ORG]`. */
export async function runPassword(words: readonly string[]): Promise<void> {
  const order = parsePasswordRequest(words);
  await withStore(async (store) => {
    const { password, role, isNew } = await resetPassword(store, order, Date.now());
    const what = isNew ? `${order.name} is a new ${role}` : `${order.name} (${role})`;
    say(`${what}. This password is good for one sign-in, and is not shown again:\n\n    ${password}\n`);
  });
}

/** `rollcall account list`. */
export function runAccountList(): Promise<void> {
  return withStore(async (store) => say(await listAccounts(store)));
}

/** `rollcall account remove NAME`. */
export function runAccountRemove(name: string): Promise<void> {
  return withStore(async (store) => say(await removeAccount(store, name, Date.now())));
}

/** Acts on the store of the existing database, and closes it. */
async function withStore(act: (store: HistoryStore) => Promise<void>): Promise<void> {
  const store = await openStore(await openExisting(readDatabaseSetting()));
  try {
    await act(store);
  } finally {
    await store.close();
  }
}

/** The file; throws with the way to do it where there is none. */
function needSqlite(address: DatabaseAddress, program: string): string {
  if (address.engine === "sqlite") return address.file;
  throw new Error(
    `${databasePlace(address)} is PostgreSQL's, which brings ${program} for that. Between engines, use rollcall export and rollcall import.`,
  );
}

async function writeOut(lines: string): Promise<void> {
  if (!process.stdout.write(lines)) await once(process.stdout, "drain");
}

/** Begins to read with the first line that is asked for: a reader that is made earlier loses what comes meanwhile. */
async function* linesOfInput(): AsyncGenerator<string> {
  yield* createInterface({ input: process.stdin, crlfDelay: Infinity });
}

/** Says what to do where a server uses the database. */
async function alone<T>(address: DatabaseAddress, act: () => T | Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof InUse)) throw error;
    throw new Error(`${error.message} (${databasePlace(address)}). End that server, then try again.`, {
      cause: error,
    });
  }
}

function toCounts({ rollouts, observations }: Contents): string {
  return `${rollouts} rollouts with ${observations} observations`;
}

/** One line to the person at the command line. */
function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
