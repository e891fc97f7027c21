import "server-only";

import { type Kysely, type Transaction, sql } from "kysely";

import type { Database } from "./schema";

/**
 * Runs the work in a transaction, or as part of the one that `db` already is. Throws what the work threw: when the disk is
 * full, SQLite ends a transaction by itself, and the error of the rollback would then hide the reason.
 */
export async function inTransaction<T>(
  db: Kysely<Database>,
  work: (trx: Transaction<Database>) => Promise<T>,
): Promise<T> {
  if (isTransaction(db)) return work(db);
  const reasons: unknown[] = [];
  try {
    return await db.transaction().execute(async (trx) => {
      try {
        return await work(trx);
      } catch (error) {
        reasons.push(error);
        throw error;
      }
    });
  } catch (error) {
    throw reasons[0] ?? error;
  }
}

function isTransaction(db: Kysely<Database>): db is Transaction<Database> {
  return db.isTransaction;
}

class Undo extends Error {}

/**
 * Writes to the database and rolls it back, because a read-only database answers queries too. Rejects with the engine's
 * error.
 */
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
