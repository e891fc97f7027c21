import "server-only";

import type { Kysely, Transaction } from "kysely";
import * as z from "zod";

import { second, type Duration } from "@/lib/domain/instant";

import { inTransaction } from "./in-transaction";
import type { Database } from "./schema";

/** So long after its last sign of life a holder is taken for gone. */
export const leaseTime: Duration = 6 * second;

/** The one lease there is: to watch. */
const watch = "watch";

/** Who watches, as it was read at one moment. Unchanged for a lease time, it has been abandoned. */
export type LeaseState = { fence: number; holder: string | null; renewals: number };

/** The lease is another's by now: nothing was written, and nothing may be any more under this fence. */
export class FencedOut extends Error {
  override readonly name = "FencedOut";
  constructor() {
    super("Another instance watches now.");
  }
}

const state = z.object({ fence: z.int(), holder: z.string().nullable(), renewals: z.int() });

/**
 * The lease to watch. Nothing in it is a time, so that no clocks need to agree: who waits for it sees by
 * its own clock for how long it has not been renewed.
 */
export function openLease(db: Kysely<Database>) {
  return {
    read: async (): Promise<LeaseState> => {
      const row = await db
        .selectFrom("lease")
        .select(["fence", "holder", "renewals"])
        .where("name", "=", watch)
        .executeTakeFirst();
      return state.parse(row);
    },
    /** Takes the lease if it still is as it was seen. The fence to write under; null: somebody was faster. */
    take: async (seen: LeaseState, holder: string): Promise<number | null> => {
      const fence = seen.fence + 1;
      const { numUpdatedRows } = await db
        .updateTable("lease")
        .set({ fence, holder, renewals: seen.renewals + 1 })
        .where("name", "=", watch)
        .where("fence", "=", seen.fence)
        .where("renewals", "=", seen.renewals)
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0 ? fence : null;
    },
    /** Says that its holder is still there. Throws FencedOut when it no longer is the holder. */
    renew: async (fence: number): Promise<void> => {
      await inTransaction(db, (trx) => renewWithin(trx, fence));
    },
    /** Gives it back, so that nobody needs to wait. Nothing happens when it is another's already. */
    release: async (fence: number): Promise<void> => {
      await db
        .updateTable("lease")
        .set({ holder: null })
        .where("name", "=", watch)
        .where("fence", "=", fence)
        .execute();
    },
  };
}

/**
 * Renews the lease as part of what its holder writes, which holds up whoever would take it meanwhile.
 * Answers with `renewals`, which orders what is written. Throws FencedOut when the fence is not the lease's.
 */
export async function renewWithin(trx: Transaction<Database>, fence: number): Promise<number> {
  const row = await trx
    .updateTable("lease")
    .set((eb) => ({ renewals: eb("renewals", "+", 1) }))
    .where("name", "=", watch)
    .where("fence", "=", fence)
    .returning("renewals")
    .executeTakeFirst();
  if (row === undefined) throw new FencedOut();
  return row.renewals;
}
