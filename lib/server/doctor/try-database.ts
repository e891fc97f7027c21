import "server-only";

import { sql } from "kysely";

import type { Settings } from "@/lib/server/config/settings";
import { databasePlace } from "@/lib/server/config/database-address";
import { toDatabaseReason } from "@/lib/server/history/database-problem";
import { openDatabase } from "@/lib/server/history/open-database";

import type { DatabaseFacts } from "./facts";

class Undo extends Error {}

/** Writes to the database and takes it back. What is there is neither changed nor brought up to date. */
export async function tryDatabase({ database }: Pick<Settings, "database">): Promise<DatabaseFacts> {
  const where = { engine: database.engine, place: databasePlace(database) };
  try {
    const db = openDatabase(database);
    try {
      await db.transaction().execute(async (transaction) => {
        await sql`create table doctor_was_here (id integer)`.execute(transaction);
        throw new Undo();
      });
    } catch (error) {
      if (!(error instanceof Undo)) throw error;
    } finally {
      await db.destroy();
    }
    return { ...where, problem: null };
  } catch (error) {
    const reason = toDatabaseReason(error);
    return { ...where, problem: { reason, since: null } };
  }
}
