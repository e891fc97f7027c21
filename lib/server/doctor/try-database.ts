import "server-only";

import { accessSync, constants, existsSync } from "node:fs";
import { dirname } from "node:path";

import type { Settings } from "@/lib/server/config/settings";
import { databasePlace } from "@/lib/server/config/database";
import { toDatabaseReason } from "@/lib/server/db/database-problem";
import { openDatabase } from "@/lib/server/db/open-database";
import { tryWriting } from "@/lib/server/db/transaction";

import type { DatabaseFacts } from "./facts";

/**
 * Writes to the database and rolls back. Does not migrate it and does not create a missing file: for that, checks that
 * the folder is writable.
 */
export async function tryDatabase({ database }: Pick<Settings, "database">): Promise<DatabaseFacts> {
  const where = { engine: database.engine, place: databasePlace(database) };
  try {
    if (database.engine === "sqlite" && !existsSync(database.file)) {
      accessSync(existingFolder(database.file), constants.W_OK);
      return { ...where, place: `${where.place} (created at the first start)`, problem: null };
    }
    const db = openDatabase(database);
    try {
      await tryWriting(db);
    } finally {
      await db.destroy();
    }
    return { ...where, problem: null };
  } catch (error) {
    const reason = toDatabaseReason(error);
    return { ...where, problem: { reason, since: null } };
  }
}

function existingFolder(file: string): string {
  const folder = dirname(file);
  return existsSync(folder) ? folder : existingFolder(folder);
}
