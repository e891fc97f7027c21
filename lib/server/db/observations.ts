import "server-only";

import { type Kysely, sql } from "kysely";

import type { Observation } from "@/lib/domain/observation";

import { asHistory } from "./database-problem";
import { parseObservation } from "./rows";
import type { Database } from "./schema";

/** The newest observations of a rollout to read, in addition to the first. An ordinary rollout has far fewer. */
const mostObservationsRead = 20_000;

/** Characters at each end of an error message that are read with a timeline. */
const messageEnd = 200;

/** Queries for observations. */
export function openObservations(db: Kysely<Database>) {
  return {
    /** Every observation of one rollout, oldest first. */
    readObservations: asHistory(async (endpointId: string, deploymentId: string): Promise<Observation[]> => {
      const rows = await db
        .selectFrom("observation")
        .selectAll()
        .where("endpoint_id", "=", endpointId)
        .where("deployment_id", "=", deploymentId)
        .orderBy("at")
        .execute();
      return rows.map(parseObservation);
    }),
    /** The newest observation of one rollout; null when history holds none. */
    readLatestObservation: asHistory(
      async (endpointId: string, deploymentId: string): Promise<Observation | null> => {
        const row = await db
          .selectFrom("observation")
          .selectAll()
          .where("endpoint_id", "=", endpointId)
          .where("deployment_id", "=", deploymentId)
          .orderBy("at", "desc")
          .limit(1)
          .executeTakeFirst();
        return row === undefined ? null : parseObservation(row);
      },
    ),
    /**
     * The observations of one rollout, oldest first, with long error messages reduced to their beginning and end. Beyond
     * `mostObservationsRead`, only the first and the newest are read.
     */
    readTimeline: asHistory(async (endpointId: string, deploymentId: string): Promise<Observation[]> => {
      const all = db
        .selectFrom("observation")
        .select([
          ...([
            "at",
            "not_before",
            "status",
            "reported_status",
            "updated_replicas",
            "total_replicas",
          ] as const),
          ...(["max_unavailable", "warnings", "messages_between"] as const),
          shortMessage,
        ])
        .where("endpoint_id", "=", endpointId)
        .where("deployment_id", "=", deploymentId);
      const newest = await all.orderBy("at", "desc").limit(mostObservationsRead).execute();
      const rows = newest.length < mostObservationsRead ? [] : await all.orderBy("at").limit(1).execute();
      const oldest = newest.at(-1)?.at;
      const first = rows.filter(({ at }) => at !== oldest);
      return [...first, ...newest.toReversed()].map(parseObservation);
    }),
    /** The newest observations of an endpoint, across all its rollouts, newest first. */
    readRecentObservations: asHistory(
      async (
        endpointId: string,
        limit: number,
      ): Promise<{ deploymentId: string; observation: Observation }[]> => {
        const rows = await db
          .selectFrom("observation")
          .selectAll()
          .where("endpoint_id", "=", endpointId)
          .orderBy("at", "desc")
          .limit(limit)
          .execute();
        return rows.map((row) => ({ deploymentId: row.deployment_id, observation: parseObservation(row) }));
      },
    ),
    /** The lowest total − max unavailable observed in each rollout. Observations without both counts are skipped. */
    readLowestGuaranteed: asHistory(
      async (endpointId: string, deploymentIds: readonly string[]): Promise<Map<string, number>> => {
        if (deploymentIds.length === 0) return new Map();
        const rows = await db
          .selectFrom("observation")
          .select(["deployment_id", (eb) => eb.fn.min<number>(guaranteed).as("lowest")])
          .where("endpoint_id", "=", endpointId)
          .where("deployment_id", "in", deploymentIds)
          .where("total_replicas", ">=", 0)
          .where("max_unavailable", ">=", 0)
          .groupBy("deployment_id")
          .execute();
        return new Map(rows.map(({ deployment_id: id, lowest }) => [id, Math.max(0, lowest)]));
      },
    ),
  };
}

const guaranteed = sql<number>`total_replicas - max_unavailable`;

const shortMessage = sql<string | null>`case when length(error_message) <= ${sql.lit(2 * messageEnd + 3)}
  then error_message
  else substr(error_message, 1, ${sql.lit(messageEnd)}) || ' … ' ||
    substr(error_message, length(error_message) - ${sql.lit(messageEnd - 1)}) end`.as("error_message");
