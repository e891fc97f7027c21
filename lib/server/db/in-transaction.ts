import "server-only";

import type { Kysely, Transaction } from "kysely";

import type { Database } from "./schema";

/**
 * All of the work, or none. Throws what the work threw: SQLite ends a transaction by itself when the disk is
 * full, and the complaint that there is nothing left to roll back would take the place of the reason.
 */
export async function inTransaction<T>(
  db: Kysely<Database>,
  work: (trx: Transaction<Database>) => Promise<T>,
): Promise<T> {
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
