import "server-only";

import type { Kysely } from "kysely";

import { inTransaction } from "./in-transaction";
import { renewWithin } from "./lease";
import type { Database } from "./schema";

/** A picture by its name, as text that whoever watches writes and the other instances read. */
export type Sight = { name: string; body: string };

/** So few that the parameters of one statement are enough for them. */
const atOnce = 500;

/** What the watching instance tells the others. */
export function openSights(db: Kysely<Database>) {
  return {
    /**
     * Tells these, and renews the lease with it; `isAll`: whatever else was told no longer holds.
     * Throws FencedOut when the lease is another's.
     */
    publish: async (sights: readonly Sight[], fence: number, { isAll = false } = {}): Promise<void> => {
      await inTransaction(db, async (trx) => {
        const revision = await renewWithin(trx, fence);
        if (isAll) await trx.deleteFrom("sight").execute();
        for (let start = 0; start < sights.length; start += atOnce) {
          await trx
            .insertInto("sight")
            .values(sights.slice(start, start + atOnce).map((sight) => ({ ...sight, revision })))
            .onConflict((conflict) =>
              conflict.column("name").doUpdateSet((eb) => ({
                revision: eb.ref("excluded.revision"),
                body: eb.ref("excluded.body"),
              })),
            )
            .execute();
        }
      });
    },
    /** What was told after this revision, the newest revision among it last. */
    readAfter: (revision: number): Promise<(Sight & { revision: number })[]> =>
      db.selectFrom("sight").selectAll().where("revision", ">", revision).orderBy("revision").execute(),
  };
}
