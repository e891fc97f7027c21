import "server-only";

import { once } from "node:events";
import { createInterface } from "node:readline";

import { databasePlace, type DatabaseAddress } from "@/lib/server/config/database-address";
import { readDatabaseSetting } from "@/lib/server/config/database-setting";

import { openDatabase } from "../open-database";
import { migrate, openStore } from "../store";
import { backUp } from "./back-up";
import { InUse } from "./database-lock";
import { holdHistory } from "./hold-history";
import { exportHistory } from "./export-history";
import { importHistory } from "./import-history";
import type { Contents } from "./inspect-file";
import { parsePasswordOrder, resetPassword } from "./reset-password";
import { restore } from "./restore";

const usage = `rollcall backup FILE      copy the database, also beside a running server
rollcall restore FILE     put a backup in its place, while no server runs
rollcall export           write all history to standard output, as JSON lines
rollcall import           read such lines from standard input, while no server runs
rollcall password NAME [viewer|administrator] [ORG,ORG]
                          give an account a password that is good once, also beside a running server`;

const [command = "", argument = ""] = process.argv.slice(2);

try {
  await run();
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The ${command} was not done: ${reason}\n`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const address = readDatabaseSetting();
  switch (command) {
    case "backup": {
      const contents = await backUp(needSqlite(address, "pg_dump"), needFile());
      say(`Backed up to ${argument}: ${toCounts(contents)}. It was read whole.`);
      return;
    }
    case "restore": {
      const file = needSqlite(address, "pg_restore");
      const { keptAside, ...contents } = await alone(address, () => restore(file, needFile(), new Date()));
      const aside = keptAside === null ? "" : ` What was there before is kept as ${keptAside}.`;
      say(`Restored ${argument}: ${toCounts(contents)}.${aside}`);
      return;
    }
    case "export":
      return exportFrom(address);
    case "import":
      return importInto(address);
    case "password":
      return givePassword(address);
    default:
      throw new Error(`it is none of these:\n${usage}`);
  }
}

function needFile(): string {
  if (argument === "") throw new Error(`no file is named.\n${usage}`);
  return argument;
}

/** The file; throws with the way to do it where there is none. */
function needSqlite(address: DatabaseAddress, program: string): string {
  if (address.engine === "sqlite") return address.file;
  throw new Error(
    `${databasePlace(address)} is PostgreSQL's, which brings ${program} for that. Between engines, use rollcall export and rollcall import.`,
  );
}

async function exportFrom(address: DatabaseAddress): Promise<void> {
  const db = openDatabase(address, { isPatient: true });
  try {
    await migrate(db);
    await exportHistory(db, writeOut, new Date());
  } finally {
    await db.destroy();
  }
}

async function givePassword(address: DatabaseAddress): Promise<void> {
  const order = parsePasswordOrder(process.argv.slice(3));
  const store = await openStore(openDatabase(address));
  try {
    const { password, role, isNew } = await resetPassword(store, order, Date.now());
    const what = isNew ? `${order.name} is a new ${role}` : `${order.name} (${role})`;
    say(`${what}. This password is good for one sign-in, and is not shown again:\n\n    ${password}\n`);
  } finally {
    await store.close();
  }
}

async function writeOut(lines: string): Promise<void> {
  if (!process.stdout.write(lines)) await once(process.stdout, "drain");
}

async function importInto(address: DatabaseAddress): Promise<void> {
  const db = openDatabase(address, { isPatient: true });
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

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
