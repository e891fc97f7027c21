import "server-only";

import { databaseAddress, type DatabaseAddress } from "./database-address";

export const usualDatabase = "file:./data/rollcall.db";

/** DATABASE_URL alone, for commands that need no key. Throws with the mistake in it. */
export function readDatabaseSetting(): DatabaseAddress {
  const parsed = databaseAddress.safeParse(process.env["DATABASE_URL"] || usualDatabase);
  if (parsed.success) return parsed.data;
  throw new Error(`DATABASE_URL ${parsed.error.issues[0]?.message ?? "cannot be read."}`);
}
