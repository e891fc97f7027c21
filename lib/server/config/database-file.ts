import "server-only";

import { databaseFile } from "./environment";

/** The path of the database alone, for commands that need no key. Throws with the mistake in DATABASE_URL. */
export function readDatabaseFile(): string {
  const parsed = databaseFile.safeParse(process.env["DATABASE_URL"] ?? "file:./data/rollcall.db");
  if (parsed.success) return parsed.data;
  throw new Error(`DATABASE_URL ${parsed.error.issues[0]?.message ?? "cannot be read."}`);
}
