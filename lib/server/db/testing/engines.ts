import { randomUUID } from "node:crypto";

import pg from "pg";
import { inject, onTestFinished } from "vitest";

import type { DatabaseAddress } from "@/lib/server/config/database";

import { newDatabasePath } from "./history-file";

declare module "vitest" {
  interface ProvidedContext {
    /** A PostgreSQL that runs during the tests (scripts/testing/postgres.mjs). */
    postgresUrl: string;
  }
}

/** A new database on each engine, removed after the test. */
export const engines = [
  {
    engine: "SQLite",
    newDatabase: (): Promise<DatabaseAddress> =>
      Promise.resolve({ engine: "sqlite", file: newDatabasePath() }),
  },
  { engine: "PostgreSQL", newDatabase: newPostgresDatabase },
];

export async function newPostgresDatabase(): Promise<DatabaseAddress & { engine: "postgres" }> {
  const server = inject("postgresUrl");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await command(server, `create database ${name}`);
  onTestFinished(() => command(server, `drop database if exists ${name} with (force)`));
  const url = new URL(server);
  url.pathname = name;
  return { engine: "postgres", url: url.href };
}

/** Runs one statement on a separate connection. */
export async function command(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
