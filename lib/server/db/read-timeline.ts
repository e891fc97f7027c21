import "server-only";

import { type Kysely, sql } from "kysely";

import type { Observation } from "@/lib/domain/observation";

import { parseObservation } from "./rows";
import type { Database } from "./schema";

/** Observations of one rollout that are read at once, beside the first: years of ordinary rollouts. */
const mostObservationsRead = 20_000;

/** Characters at each end of an error message that are read with a timeline. */
const messageEnd = 200;

/**
 * The observations of one rollout, oldest first, with long error messages reduced to their beginning and
 * their end. Of more than `mostObservationsRead` those are the first one and the newest.
 */
export async function readTimeline(
  db: Kysely<Database>,
  endpointId: string,
  deploymentId: string,
): Promise<Observation[]> {
  const all = db
    .selectFrom("observation")
    .select([
      ...(["at", "not_before", "status", "reported_status", "updated_replicas", "total_replicas"] as const),
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
}

const shortMessage = sql<string | null>`case when length(error_message) <= ${sql.lit(2 * messageEnd + 3)}
  then error_message
  else substr(error_message, 1, ${sql.lit(messageEnd)}) || ' … ' ||
    substr(error_message, length(error_message) - ${sql.lit(messageEnd - 1)}) end`.as("error_message");
