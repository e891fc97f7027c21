import "server-only";

import { existsSync } from "node:fs";

import type { Kysely } from "kysely";

import { type DatabaseAddress, databasePlace, usualDatabase } from "@/lib/server/config/database";

import { openDatabase } from "../db/open-database";
import type { Database } from "../db/schema";

/** There is no Rollcall database at the address. The message says where, and what to do. */
class NoDatabase extends Error {
  override readonly name = "NoDatabase";
}

/**
 * Opens an existing database and never creates one: with a different DATABASE_URL than the server's, a command would
 * otherwise work on a second, empty database. Throws NoDatabase if there is none.
 */
export async function openExisting(
  address: DatabaseAddress,
  options?: { isPatient: boolean },
): Promise<Kysely<Database>> {
  refuseMissingFile(address);
  const db = openDatabase(address, options);
  try {
    const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
    if (tables.some(({ name }) => name === "kysely_migration")) return db;
    throw new NoDatabase(explain(`has no Rollcall tables: ${databasePlace(address)}`));
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

function refuseMissingFile(address: DatabaseAddress): void {
  if (address.engine === "sqlite" && !existsSync(address.file))
    throw new NoDatabase(explain(`names a file that does not exist: ${address.file}`));
}

function explain(fact: string): string {
  return `DATABASE_URL (default: ${usualDatabase}) ${fact}. Set it to the server's value, or start Rollcall once to create the database.`;
}
