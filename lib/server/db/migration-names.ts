import "server-only";

import type { Kysely } from "kysely";

import type { Database } from "./schema";

/** The names that migrations had before they were numbered. Databases of that time still record them. */
const numberedNames: Readonly<Record<string, string>> = {
  "2026-11-23-first-tables": "0001_first_tables",
  "2026-11-23-guest-links": "0002_guest_links",
  "2026-11-23-lease": "0003_lease",
  "2026-11-24-access": "0004_access",
  "2026-11-24-acknowledgement": "0005_acknowledgement",
  "2026-11-26-approvers": "0006_approvers",
};

/** The numbered name of a migration, also of one that was recorded before migrations were numbered. */
export function toNumberedName(name: string): string {
  return numberedNames[name] ?? name;
}

/** Renames what a database records of its migrations to the numbered names. Running it again changes nothing. */
export async function numberRecordedMigrations(db: Kysely<Database>): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === recorded)) return;
  const names = db.withTables<{ [recorded]: { name: string; timestamp: string } }>();
  for (const [former, name] of Object.entries(numberedNames)) {
    await names.updateTable(recorded).set({ name }).where("name", "=", former).execute();
  }
}

/** Where Kysely's migrator records what it ran. */
const recorded = "kysely_migration";
