import "server-only";

import { once } from "node:events";
import { createInterface } from "node:readline";

import { readDatabaseFile } from "@/lib/server/config/database-file";

import { openSqlite } from "../open-sqlite";
import { migrate } from "../store";
import { backUp } from "./back-up";
import { holdDatabase } from "./database-lock";
import { exportHistory } from "./export-history";
import { importHistory } from "./import-history";
import type { Contents } from "./inspect-file";
import { restore } from "./restore";

const usage = `rollcall backup FILE      copy the database, also beside a running server
rollcall restore FILE     put a backup in its place, while no server runs
rollcall export           write all history to standard output, as JSON lines
rollcall import           read such lines from standard input, while no server runs`;

const [command = "", argument = ""] = process.argv.slice(2);

try {
  await run();
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The ${command} was not done: ${reason}\n`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const file = readDatabaseFile();
  switch (command) {
    case "backup":
      say(`Backed up to ${argument}: ${toCounts(await backUp(file, needFile()))}. It was read whole.`);
      return;
    case "restore": {
      const { keptAside, ...contents } = await alone(file, () => restore(file, needFile(), new Date()));
      const aside = keptAside === null ? "" : ` What was there before is kept as ${keptAside}.`;
      say(`Restored ${argument}: ${toCounts(contents)}.${aside}`);
      return;
    }
    case "export":
      return exportFrom(file);
    case "import":
      return importInto(file);
    default:
      throw new Error(`it is none of these:\n${usage}`);
  }
}

function needFile(): string {
  if (argument === "") throw new Error(`no file is named.\n${usage}`);
  return argument;
}

async function exportFrom(file: string): Promise<void> {
  const db = openSqlite(file);
  try {
    await migrate(db);
    await exportHistory(db, writeOut, new Date());
  } finally {
    await db.destroy();
  }
}

async function writeOut(lines: string): Promise<void> {
  if (!process.stdout.write(lines)) await once(process.stdout, "drain");
}

async function importInto(file: string): Promise<void> {
  const release = await alone(file, () => holdDatabase(file));
  const db = openSqlite(file);
  try {
    await migrate(db);
    const rows = await importHistory(db, createInterface({ input: process.stdin, crlfDelay: Infinity }));
    say(`Imported: ${rows} rows were read, and what was not there yet was added.`);
  } finally {
    await db.destroy();
    release();
  }
}

/** Says what to do where a server uses the database. */
async function alone<T>(file: string, act: () => T): Promise<T> {
  try {
    return await Promise.resolve(act());
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith("another Rollcall")) throw error;
    throw new Error(`${error.message} (${file}). End that server, then try again.`, { cause: error });
  }
}

function toCounts({ rollouts, observations }: Contents): string {
  return `${rollouts} rollouts with ${observations} observations`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
