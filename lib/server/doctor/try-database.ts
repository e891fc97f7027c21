import "server-only";

import { sql } from "kysely";

import type { Settings } from "@/lib/server/config/settings";
import { openSqlite } from "@/lib/server/history/open-sqlite";

import type { DatabaseFacts } from "./facts";

class Undo extends Error {}

/** Writes to the database and takes it back. What is there is neither changed nor brought up to date. */
export async function tryDatabase({ databaseFile }: Pick<Settings, "databaseFile">): Promise<DatabaseFacts> {
  try {
    const db = openSqlite(databaseFile);
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
    return { place: databaseFile, problem: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { place: databaseFile, problem: { reason, since: null } };
  }
}
