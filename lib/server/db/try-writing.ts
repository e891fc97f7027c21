import "server-only";

import { sql, type Kysely } from "kysely";

import type { Database } from "./schema";

class Undo extends Error {}

/** Writes to the database and takes it back: a database that can only be read answers questions as well. Rejects with the engine's error. */
export async function tryWriting(db: Kysely<Database>): Promise<void> {
  try {
    await db.transaction().execute(async (transaction) => {
      await sql`create table doctor_was_here (id integer)`.execute(transaction);
      throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
}
