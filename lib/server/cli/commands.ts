import "server-only";

import { once } from "node:events";
import { createInterface } from "node:readline";

import type { Kysely } from "kysely";

import { type DatabaseAddress, databasePlace, readDatabaseSetting } from "@/lib/server/config/database";

import { openDatabase } from "../db/open-database";
import { migrate } from "../db/migrate";
import type { Database } from "../db/schema";
import { openStore, type HistoryStore } from "../db/store";
import { backUp } from "./back-up";
import { InUse } from "@/lib/server/db/database-lock";
import { exportHistory } from "./export-history";
import { holdHistory } from "./hold-history";
import { importHistory } from "./import-history";
import type { Contents } from "./inspect-file";
import { addAccount, changeRole, listAccounts, removeAccount, resetAccount } from "./manage-accounts";
import { addToken, listTokens, revokeToken } from "./manage-tokens";
import { openExisting } from "./open-existing";
import { withProgress } from "./progress";
import { parsePasswordRequest, resetPassword } from "./reset-password";
import { restore } from "./restore";

/** `rollcall backup FILE`. Like every command here, throws an error whose message is for the operator. */
export async function runBackup(target: string): Promise<void> {
  const file = needSqlite(readDatabaseSetting(), "pg_dump");
  const contents = await withProgress("Backing up", "bytes", (onProgress) =>
    backUp(file, target, onProgress),
  );
  print(`Backed up to ${target}: ${toCounts(contents)}. The copy was verified.`);
}

/** `rollcall restore FILE`. Creates the database if there is none. */
export async function runRestore(backup: string): Promise<void> {
  const address = readDatabaseSetting();
  const file = needSqlite(address, "pg_restore");
  const { keptAside, ...contents } = await withProgress("Restoring", "bytes", (onProgress) =>
    alone(address, () => restore(file, backup, new Date(), onProgress)),
  );
  const aside = keptAside === null ? "" : ` The previous database is kept as ${keptAside}.`;
  print(`Restored ${backup} to ${file}: ${toCounts(contents)}.${aside}`);
}

/** `rollcall export`: writes all history to standard output. */
export async function runExport(): Promise<void> {
  const db = await openExisting(readDatabaseSetting(), { isPatient: true });
  try {
    await upgrade(db);
    await withProgress("Exporting", "rows", (onProgress) =>
      exportHistory(db, writeOut, new Date(), onProgress),
    );
  } finally {
    await db.destroy();
  }
}

/** `rollcall import`: reads history from standard input. `isNew` allows it to create the database. */
export async function runImport({ isNew }: { isNew: boolean }): Promise<void> {
  const address = readDatabaseSetting();
  const db = isNew
    ? openDatabase(address, { isPatient: true })
    : await openExisting(address, { isPatient: true });
  let release = () => Promise.resolve();
  try {
    await upgrade(db);
    release = await alone(address, () => holdHistory(address, db));
    const rows = await withProgress("Importing", "rows", (onProgress) =>
      importHistory(db, linesOfInput(), onProgress),
    );
    print(`Imported: read ${rows} rows and added those that were missing.`);
  } finally {
    await release();
    await db.destroy();
  }
}

/** `rollcall password NAME [ROLE] [ORG,ORG]`. */
export async function runPassword(words: readonly string[]): Promise<void> {
  const request = parsePasswordRequest(words);
  await withStore(async (store) => {
    const { password, role, isNew } = await resetPassword(store, request, Date.now());
    const what = isNew ? `${request.name} is a new ${role}` : `${request.name} (${role})`;
    print(`${what}. ${toOneTimePassword(password)}`);
  });
}

/** `rollcall account list`. */
export function runAccountList(): Promise<void> {
  return withStore(async (store) => print(await listAccounts(store)));
}

/** `rollcall account add NAME`. */
export function runAccountAdd(name: string, options: { role: string; orgs?: string }): Promise<void> {
  return withStore(async (store) => {
    const { about, password } = await addAccount(store, { name, ...options }, Date.now());
    print(`Added: ${about}. ${toOneTimePassword(password)}`);
  });
}

/** `rollcall account role NAME ROLE`. */
export function runAccountRole(name: string, role: string, options: { orgs?: string }): Promise<void> {
  return withStore(async (store) => print(await changeRole(store, { name, role, ...options }, Date.now())));
}

/** `rollcall account reset NAME`. */
export function runAccountReset(name: string): Promise<void> {
  return withStore(async (store) => {
    const password = await resetAccount(store, name, Date.now());
    print(`The sessions of ${name} ended. ${toOneTimePassword(password)}`);
  });
}

/** `rollcall account remove NAME`. */
export function runAccountRemove(name: string): Promise<void> {
  return withStore(async (store) => print(await removeAccount(store, name, Date.now())));
}

/** `rollcall token add NAME`. */
export function runTokenAdd(
  name: string,
  options: Omit<Parameters<typeof addToken>[1], "name">,
): Promise<void> {
  return withStore(async (store) => {
    const { token, value } = await addToken(store, { name, ...options }, Date.now());
    const until = new Date(token.expiresAt).toISOString().slice(0, 10);
    print(`The token for ${token.name}, until ${until}. It is not shown again:\n\n    ${value}\n`);
  });
}

/** `rollcall token list`. */
export function runTokenList(): Promise<void> {
  return withStore(async (store) => print(await listTokens(store, Date.now())));
}

/** `rollcall token revoke NAME`. */
export function runTokenRevoke(name: string): Promise<void> {
  return withStore(async (store) => print(await revokeToken(store, name, Date.now())));
}

function upgrade(db: Kysely<Database>): Promise<void> {
  return withProgress("Upgrading the database", "steps", (onProgress) =>
    migrate(db, ({ position, total }) => onProgress(position, total)),
  );
}

/** Opens the store of the existing database for one action. */
async function withStore(act: (store: HistoryStore) => Promise<void>): Promise<void> {
  const db = await openExisting(readDatabaseSetting());
  await upgrade(db);
  const store = await openStore(db);
  try {
    await act(store);
  } finally {
    await store.close();
  }
}

/** The database file; for PostgreSQL, throws an error that says what to use instead. */
function needSqlite(address: DatabaseAddress, program: string): string {
  if (address.engine === "sqlite") return address.file;
  throw new Error(
    `${databasePlace(address)} is a PostgreSQL database: use ${program} instead. To move history to another engine, use rollcall export and rollcall import.`,
  );
}

async function writeOut(lines: string): Promise<void> {
  if (!process.stdout.write(lines)) await once(process.stdout, "drain");
}

/** A generator, so that reading starts with the first line requested: an earlier reader would lose input. */
async function* linesOfInput(): AsyncGenerator<string> {
  yield* createInterface({ input: process.stdin, crlfDelay: Infinity });
}

/** Adds what to do if a server is using the database. */
async function alone<T>(address: DatabaseAddress, act: () => T | Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof InUse)) throw error;
    throw new Error(`${error.message} (${databasePlace(address)}). Stop that server, then try again.`, {
      cause: error,
    });
  }
}

function toCounts({ rollouts, observations }: Contents): string {
  return `${rollouts} rollouts with ${observations} observations`;
}

function toOneTimePassword(password: string): string {
  return `This password works for one sign-in and is not shown again:\n\n    ${password}\n`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
