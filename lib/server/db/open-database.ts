import "server-only";

import type { Kysely } from "kysely";

import type { DatabaseAddress } from "@/lib/server/config/database";

import { openPostgres, type PostgresOptions } from "./open-postgres";
import { openSqlite } from "./open-sqlite";
import type { Database } from "./schema";

/** Opens the database at an address. */
export function openDatabase(address: DatabaseAddress, options?: PostgresOptions): Kysely<Database> {
  return address.engine === "sqlite" ? openSqlite(address.file) : openPostgres(address.url, options);
}
