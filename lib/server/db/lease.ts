import "server-only";

import type { Kysely, Transaction } from "kysely";
import * as z from "zod";

import { second, type Duration } from "@/lib/domain/instant";

import { inTransaction } from "./transaction";
import type { Database } from "./schema";

/** A lease not renewed for this long has expired. */
export const leaseTime: Duration = 6 * second;

/** The name of the only lease. */
const watch = "watch";

/** The lease as it was read. If it stays unchanged for a lease time, it has expired. */
export type LeaseState = { fencingToken: number; holder: string | null; renewals: number };

/** Another instance holds the lease: nothing was written, and this fencing token is no longer valid. */
export class LostLeadership extends Error {
  override readonly name = "LostLeadership";
  constructor() {
    super("Another instance leads now.");
  }
}

const leaseRow = z
  .object({ fencing_token: z.int(), holder: z.string().nullable(), renewals: z.int() })
  .transform(({ fencing_token: fencingToken, ...others }): LeaseState => ({ fencingToken, ...others }));

/**
 * The lease of the leader. It holds no times, so that no clocks need to agree: a candidate measures with its own clock
 * how long the lease was not renewed.
 */
export function openLease(db: Kysely<Database>) {
  return {
    read: async (): Promise<LeaseState> => {
      const row = await db
        .selectFrom("lease")
        .select(["fencing_token", "holder", "renewals"])
        .where("name", "=", watch)
        .executeTakeFirst();
      return leaseRow.parse(row);
    },
    /** Takes the lease if it is unchanged. Returns the fencing token; null if another instance was faster. */
    take: async (seen: LeaseState, holder: string): Promise<number | null> => {
      const fencingToken = seen.fencingToken + 1;
      const { numUpdatedRows } = await db
        .updateTable("lease")
        .set({ fencing_token: fencingToken, holder, renewals: seen.renewals + 1 })
        .where("name", "=", watch)
        .where("fencing_token", "=", seen.fencingToken)
        .where("renewals", "=", seen.renewals)
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0 ? fencingToken : null;
    },
    /** Renews the lease. Throws LostLeadership when another instance holds it. */
    renew: async (fencingToken: number): Promise<void> => {
      await inTransaction(db, (trx) => renewWithin(trx, fencingToken));
    },
    /** Gives the lease back, so that the next leader need not wait. Does nothing if another instance holds it. */
    release: async (fencingToken: number): Promise<void> => {
      await db
        .updateTable("lease")
        .set({ holder: null })
        .where("name", "=", watch)
        .where("fencing_token", "=", fencingToken)
        .execute();
    },
  };
}

/**
 * Renews the lease within the leader's own transaction, which blocks candidates until it ends. Returns `renewals`, which
 * orders what is written. Throws LostLeadership when the fencing token is not the lease's.
 */
export async function renewWithin(trx: Transaction<Database>, fencingToken: number): Promise<number> {
  const row = await trx
    .updateTable("lease")
    .set((eb) => ({ renewals: eb("renewals", "+", 1) }))
    .where("name", "=", watch)
    .where("fencing_token", "=", fencingToken)
    .returning("renewals")
    .executeTakeFirst();
  if (row === undefined) throw new LostLeadership();
  return row.renewals;
}
