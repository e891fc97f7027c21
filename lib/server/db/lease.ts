import "server-only";

import type { Kysely, Transaction } from "kysely";
import * as z from "zod";

import { second, type Duration } from "@/lib/domain/instant";

import { inTransaction } from "./transaction";
import type { Database } from "./schema";

/** So long after its last sign of life a holder is taken for gone. */
export const leaseTime: Duration = 6 * second;

/** The one lease there is: to watch. */
const watch = "watch";

/** Who watches, as it was read at one moment. Unchanged for a lease time, it has been abandoned. */
export type LeaseState = { fencingToken: number; holder: string | null; renewals: number };

/** The lease is another's by now: nothing was written, and nothing may be any more under this fence. */
export class LostLeadership extends Error {
  override readonly name = "LostLeadership";
  constructor() {
    super("Another instance watches now.");
  }
}

const leaseRow = z
  .object({ fencing_token: z.int(), holder: z.string().nullable(), renewals: z.int() })
  .transform(({ fencing_token: fencingToken, ...others }): LeaseState => ({ fencingToken, ...others }));

/**
 * The lease to watch. Nothing in it is a time, so that no clocks need to agree: who waits for it sees by
 * its own clock for how long it has not been renewed.
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
    /** Takes the lease if it still is as it was seen. The fence to write under; null: somebody was faster. */
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
    /** Says that its holder is still there. Throws LostLeadership when it no longer is the holder. */
    renew: async (fencingToken: number): Promise<void> => {
      await inTransaction(db, (trx) => renewWithin(trx, fencingToken));
    },
    /** Gives it back, so that nobody needs to wait. Nothing happens when it is another's already. */
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
 * Renews the lease as part of what its holder writes, which holds up whoever would take it meanwhile.
 * Answers with `renewals`, which orders what is written. Throws LostLeadership when the fence is not the lease's.
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
