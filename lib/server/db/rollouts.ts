import "server-only";

import type { Kysely } from "kysely";

import type { Instant } from "@/lib/domain/instant";
import type { Rollout, RolloutFacts } from "@/lib/domain/rollout";

import { asHistory } from "./database-problem";
import { parseObservation, parseRolloutFacts } from "./rows";
import type { Database } from "./schema";

/** The last rollout of a page. The next page starts after it. */
export type RolloutCursor = { sortAt: Instant; deploymentId: string };

/** Queries for rollouts. */
export function openRollouts(db: Kysely<Database>) {
  return {
    /**
     * Rollouts of an endpoint, newest first, each with its newest observation: those older than `after`, or those newer
     * than `before`, which come oldest first. `listedOnly` leaves out removed ones, `doneOnly` those that did not succeed
     * or were not seen to end.
     */
    readRollouts: asHistory(
      async (
        endpointId: string,
        options: {
          limit: number;
          after?: RolloutCursor;
          before?: RolloutCursor;
          listedOnly?: boolean;
          doneOnly?: boolean;
        },
      ): Promise<Rollout[]> => {
        const { after, before } = options;
        const cursor = after ?? before;
        const direction = before === undefined ? "desc" : "asc";
        const rows = await db
          .selectFrom("rollout")
          .innerJoin("observation", (join) =>
            join.on("observation.id", "=", (eb) =>
              eb
                .selectFrom("observation as newest")
                .select("newest.id")
                .whereRef("newest.endpoint_id", "=", "rollout.endpoint_id")
                .whereRef("newest.deployment_id", "=", "rollout.deployment_id")
                .orderBy("newest.at", "desc")
                .limit(1),
            ),
          )
          .selectAll("observation")
          .selectAll("rollout")
          .where("rollout.endpoint_id", "=", endpointId)
          .$if(options.listedOnly === true, (query) => query.where("removed_since", "is", null))
          .$if(options.doneOnly === true, (query) =>
            query.where("observation.status", "=", "done").where("rollout.ended_at", "is not", null),
          )
          .$if(cursor !== undefined, (query) =>
            query.where((eb) =>
              eb(
                eb.refTuple("sort_at", "rollout.deployment_id"),
                before === undefined ? "<" : ">",
                eb.tuple(cursor?.sortAt ?? 0, cursor?.deploymentId ?? ""),
              ),
            ),
          )
          .orderBy("sort_at", direction)
          .orderBy("rollout.deployment_id", direction)
          .limit(options.limit)
          .execute();
        return rows.map((row) => ({ facts: parseRolloutFacts(row), observations: [parseObservation(row)] }));
      },
    ),
    readRolloutFacts: asHistory(
      async (endpointId: string, deploymentId: string): Promise<RolloutFacts | null> => {
        const row = await db
          .selectFrom("rollout")
          .selectAll()
          .where("endpoint_id", "=", endpointId)
          .where("deployment_id", "=", deploymentId)
          .executeTakeFirst();
        return row === undefined ? null : parseRolloutFacts(row);
      },
    ),
    /** The facts of these rollouts, in no order. Unknown rollouts are left out. */
    readFactsOf: asHistory(
      async (endpointId: string, deploymentIds: readonly string[]): Promise<RolloutFacts[]> => {
        if (deploymentIds.length === 0) return [];
        const rows = await db
          .selectFrom("rollout")
          .selectAll()
          .where("endpoint_id", "=", endpointId)
          .where("deployment_id", "in", deploymentIds)
          .execute();
        return rows.map(parseRolloutFacts);
      },
    ),
  };
}
