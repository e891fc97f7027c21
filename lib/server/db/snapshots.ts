import "server-only";

import type { Kysely } from "kysely";

import { inTransaction } from "./transaction";
import { renewWithin } from "./lease";
import type { Database } from "./schema";

/** A picture by its name, as text that whoever watches writes and the other instances read. */
export type Snapshot = { name: string; body: string };

/** So few that the parameters of one statement are enough for them. */
const atOnce = 500;

/** What the watching instance tells the others. */
export function openSnapshots(db: Kysely<Database>) {
  return {
    /**
     * Tells these, and renews the lease with it; `isAll`: whatever else was told no longer holds.
     * Throws LostLeadership when the lease is another's.
     */
    publish: async (
      snapshots: readonly Snapshot[],
      fencingToken: number,
      { isAll = false } = {},
    ): Promise<void> => {
      await inTransaction(db, async (trx) => {
        const revision = await renewWithin(trx, fencingToken);
        if (isAll) await trx.deleteFrom("snapshot").execute();
        for (let start = 0; start < snapshots.length; start += atOnce) {
          await trx
            .insertInto("snapshot")
            .values(snapshots.slice(start, start + atOnce).map((snapshot) => ({ ...snapshot, revision })))
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
    readAfter: (revision: number): Promise<(Snapshot & { revision: number })[]> =>
      db.selectFrom("snapshot").selectAll().where("revision", ">", revision).orderBy("revision").execute(),
  };
}
