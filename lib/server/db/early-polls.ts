import "server-only";

import type { Kysely } from "kysely";

import { asHistory } from "./database-problem";
import type { Database } from "./schema";

/** Enough for one round of the leader; the next one takes the others. */
const mostAtOnce = 200;

/** What followers ask the leader to poll early. */
export function openEarlyPolls(db: Kysely<Database>) {
  return {
    ask: asHistory(async (endpointId: string): Promise<void> => {
      await db
        .insertInto("early_poll")
        .values({ endpoint_id: endpointId })
        .onConflict((conflict) => conflict.column("endpoint_id").doNothing())
        .execute();
    }),
    /** Removes and returns what was asked for. */
    take: async (): Promise<string[]> => {
      const rows = await db.selectFrom("early_poll").select("endpoint_id").limit(mostAtOnce).execute();
      const ids = rows.map(({ endpoint_id: id }) => id);
      if (ids.length > 0) await db.deleteFrom("early_poll").where("endpoint_id", "in", ids).execute();
      return ids;
    },
  };
}
