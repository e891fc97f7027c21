import "server-only";

import type { Kysely } from "kysely";

import { inTransaction } from "./transaction";
import { renewWithin } from "./lease";
import type { Database } from "./schema";

/** A named text that the leader writes and followers read. */
export type Snapshot = { name: string; body: string };

/** Batch size; stays below the limit of bound values. */
const atOnce = 500;

/** Queries for snapshots. */
export function openSnapshots(db: Kysely<Database>) {
  return {
    /**
     * Publishes these and renews the lease. With `isAll` they replace everything published before.
     * Throws LostLeadership when another instance holds the lease.
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
    /** Snapshots published after this revision, oldest revision first. */
    readAfter: (revision: number): Promise<(Snapshot & { revision: number })[]> =>
      db.selectFrom("snapshot").selectAll().where("revision", ">", revision).orderBy("revision").execute(),
  };
}
