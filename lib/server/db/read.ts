import "server-only";

import { type Kysely, sql } from "kysely";

import type { Instant } from "@/lib/domain/instant";
import type { Observation, WatchSpan } from "@/lib/domain/observation";
import type { Rollout, RolloutFacts } from "@/lib/domain/rollout";

import type { EndpointFacts } from "./recording";
import { parseEndpointFacts, parseObservation, parseRolloutFacts, parseWatchSpan } from "./rows";
import type { Database } from "./schema";

type Reader = Kysely<Database>;

/** Where a page of rollouts ends: the next one begins below it. */
export type RolloutCursor = { sortAt: Instant; deploymentId: string };

export async function readEndpoints(db: Reader): Promise<EndpointFacts[]> {
  const rows = await db.selectFrom("endpoint").selectAll().orderBy("id").execute();
  return rows.map(parseEndpointFacts);
}

export async function readEndpointFacts(db: Reader, endpointId: string): Promise<EndpointFacts | null> {
  const row = await db.selectFrom("endpoint").selectAll().where("id", "=", endpointId).executeTakeFirst();
  return row === undefined ? null : parseEndpointFacts(row);
}

/** The newest rollouts of an endpoint that replies still list, or all of them, newest first, each with its newest observation. */
export async function readRollouts(
  db: Reader,
  endpointId: string,
  options: { limit: number; after?: RolloutCursor; listedOnly?: boolean },
): Promise<Rollout[]> {
  const { after } = options;
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
    .$if(after !== undefined, (query) =>
      query.where((eb) =>
        eb(
          eb.refTuple("sort_at", "rollout.deployment_id"),
          "<",
          eb.tuple(after?.sortAt ?? 0, after?.deploymentId ?? ""),
        ),
      ),
    )
    .orderBy("sort_at", "desc")
    .orderBy("rollout.deployment_id", "desc")
    .limit(options.limit)
    .execute();
  return rows.map((row) => ({ facts: parseRolloutFacts(row), observations: [parseObservation(row)] }));
}

export async function readRolloutFacts(
  db: Reader,
  endpointId: string,
  deploymentId: string,
): Promise<RolloutFacts | null> {
  const row = await db
    .selectFrom("rollout")
    .selectAll()
    .where("endpoint_id", "=", endpointId)
    .where("deployment_id", "=", deploymentId)
    .executeTakeFirst();
  return row === undefined ? null : parseRolloutFacts(row);
}

/** What is known of each of these rollouts, in no order; those that history does not hold are left out. */
export async function readFactsOf(
  db: Reader,
  endpointId: string,
  deploymentIds: readonly string[],
): Promise<RolloutFacts[]> {
  if (deploymentIds.length === 0) return [];
  const rows = await db
    .selectFrom("rollout")
    .selectAll()
    .where("endpoint_id", "=", endpointId)
    .where("deployment_id", "in", deploymentIds)
    .execute();
  return rows.map(parseRolloutFacts);
}

/** Every observation of one rollout, oldest first. */
export async function readObservations(
  db: Reader,
  endpointId: string,
  deploymentId: string,
): Promise<Observation[]> {
  const rows = await db
    .selectFrom("observation")
    .selectAll()
    .where("endpoint_id", "=", endpointId)
    .where("deployment_id", "=", deploymentId)
    .orderBy("at")
    .execute();
  return rows.map(parseObservation);
}

/** The newest observation of one rollout; null when history holds none. */
export async function readLatestObservation(
  db: Reader,
  endpointId: string,
  deploymentId: string,
): Promise<Observation | null> {
  const row = await db
    .selectFrom("observation")
    .selectAll()
    .where("endpoint_id", "=", endpointId)
    .where("deployment_id", "=", deploymentId)
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : parseObservation(row);
}

/** The lowest total − max unavailable ever observed of each rollout, where both were counts. */
export async function readLowestGuaranteed(
  db: Reader,
  endpointId: string,
  deploymentIds: readonly string[],
): Promise<Map<string, number>> {
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
}

const guaranteed = sql<number>`total_replicas - max_unavailable`;

/** The newest observations of all of an endpoint's rollouts, newest first. */
export async function readRecentObservations(
  db: Reader,
  endpointId: string,
  limit: number,
): Promise<{ deploymentId: string; observation: Observation }[]> {
  const rows = await db
    .selectFrom("observation")
    .selectAll()
    .where("endpoint_id", "=", endpointId)
    .orderBy("at", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ deploymentId: row.deployment_id, observation: parseObservation(row) }));
}

/**
 * The spans that touch a window, oldest first, with the one before it, so that a gap reaching
 * into the window is seen whole.
 */
export async function readSpans(
  db: Reader,
  endpointId: string,
  window: { from: Instant; until: Instant },
): Promise<WatchSpan[]> {
  const before = await db
    .selectFrom("watch_span")
    .selectAll()
    .where("endpoint_id", "=", endpointId)
    .where("from_at", "<=", window.from)
    .orderBy("from_at", "desc")
    .limit(2)
    .execute();
  const within = await db
    .selectFrom("watch_span")
    .selectAll()
    .where("endpoint_id", "=", endpointId)
    .where("from_at", ">", window.from)
    .where("from_at", "<=", window.until)
    .orderBy("from_at")
    .execute();
  return [...before.toReversed(), ...within].map(parseWatchSpan);
}

/** The newest spans of an endpoint, newest first. */
export async function readRecentSpans(db: Reader, endpointId: string, limit: number): Promise<WatchSpan[]> {
  const rows = await db
    .selectFrom("watch_span")
    .selectAll()
    .where("endpoint_id", "=", endpointId)
    .orderBy("from_at", "desc")
    .limit(limit)
    .execute();
  return rows.map(parseWatchSpan);
}
