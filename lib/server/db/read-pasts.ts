import "server-only";

import type { Kysely } from "kysely";

import type { WatchSpan } from "@/lib/domain/observation";
import type { Rollout } from "@/lib/domain/rollout";
import { isTerminal } from "@/lib/domain/rollout-status";

import { asHistory } from "./database-problem";
import type { EndpointFacts } from "./recording";
import { parseEndpointFacts, parseObservation, parseRolloutFacts, parseWatchSpan } from "./rows";
import type { Database } from "./schema";

type Reader = Kysely<Database>;

/** Rollouts per statement, because engines limit the number of bound values (SQLite: 32,766). */
const rolloutsAtOnce = 500;

/** What polling of one endpoint continues from. */
export type EndpointPast = {
  facts: EndpointFacts;
  /** The newest span; null where the endpoint was never polled. */
  span: WatchSpan | null;
  /** Listed rollouts, and removed ones among the newest. */
  rollouts: readonly Rollout[];
};

/** By endpoint id. An error where the rows of that endpoint cannot be parsed. */
export type EndpointPasts = Map<string, EndpointPast | Error>;

/** How many removed rollouts of an endpoint are read, and how many of the newest observations of a rollout. */
type PastLimits = { newestRollouts: number; newestObservations: number };

export function openPasts(db: Kysely<Database>) {
  return {
    /**
     * What polling continues from. Reads many endpoints with four queries, and one more for every further 500
     * unfinished rollouts. Unknown ids are left out. An ended rollout has only its newest observation, an unfinished
     * one its first and its newest.
     */
    readPasts: asHistory((endpointIds: readonly string[], limits: PastLimits) =>
      readPasts(db, endpointIds, limits),
    ),
  };
}

async function readPasts(
  db: Reader,
  endpointIds: readonly string[],
  limits: PastLimits,
): Promise<EndpointPasts> {
  if (endpointIds.length === 0) return new Map();
  const endpoints = await db.selectFrom("endpoint").selectAll().where("id", "in", endpointIds).execute();
  const spans = await readNewestSpans(db, endpointIds);
  const rollouts = await readNewestRollouts(db, endpointIds, limits.newestRollouts);
  const unfinished = rollouts.filter(isUnfinished);
  const observations: Awaited<ReturnType<typeof readNewestObservations>> = [];
  for (let start = 0; start < unfinished.length; start += rolloutsAtOnce) {
    const some = unfinished.slice(start, start + rolloutsAtOnce);
    for (const row of await readNewestObservations(db, some, limits.newestObservations))
      observations.push(row);
  }
  const [spansOf, rolloutsOf, observationsOf] = [
    groupBy(spans, toEndpointKey),
    groupBy(rollouts, toEndpointKey),
    groupBy(observations, toRolloutKey),
  ];
  const toPast = (row: (typeof endpoints)[number]): EndpointPast => ({
    facts: parseEndpointFacts(row),
    span: (spansOf.get(row.id) ?? []).map(parseWatchSpan)[0] ?? null,
    rollouts: (rolloutsOf.get(row.id) ?? []).map((rollout) => {
      const [first, ...others] = observationsOf.get(toRolloutKey(rollout)) ?? [];
      return {
        facts: parseRolloutFacts(rollout),
        observations: [parseObservation(first ?? rollout), ...others.map(parseObservation)],
      };
    }),
  });
  return new Map(endpoints.map((row) => [row.id, attempt(() => toPast(row))]));
}

/** Starts from the endpoints, so that the primary key finds each newest span. */
function readNewestSpans(db: Reader, endpointIds: readonly string[]) {
  return db
    .selectFrom("endpoint")
    .innerJoin("watch_span", (join) =>
      join.onRef("watch_span.endpoint_id", "=", "endpoint.id").on("watch_span.from_at", "=", (eb) =>
        eb
          .selectFrom("watch_span as newest")
          .select(({ fn }) => fn.max("newest.from_at").as("from_at"))
          .whereRef("newest.endpoint_id", "=", "endpoint.id"),
      ),
    )
    .selectAll("watch_span")
    .where("endpoint.id", "in", endpointIds)
    .execute();
}

/** Rollouts that are still listed, and the newest ones, each with its newest observation. */
function readNewestRollouts(db: Reader, endpointIds: readonly string[], newest: number) {
  return db
    .with("ranked", (query) =>
      query
        .selectFrom("rollout")
        .selectAll()
        .select(({ fn }) =>
          fn
            .agg<number>("row_number")
            .over((over) =>
              over.partitionBy("endpoint_id").orderBy("sort_at", "desc").orderBy("deployment_id", "desc"),
            )
            .as("rank"),
        )
        .where("endpoint_id", "in", endpointIds),
    )
    .selectFrom("ranked")
    .innerJoin("observation", (join) =>
      join.on("observation.id", "=", (eb) =>
        eb
          .selectFrom("observation as newest")
          .select("newest.id")
          .whereRef("newest.endpoint_id", "=", "ranked.endpoint_id")
          .whereRef("newest.deployment_id", "=", "ranked.deployment_id")
          .orderBy("newest.at", "desc")
          .limit(1),
      ),
    )
    .selectAll("observation")
    .selectAll("ranked")
    .where((eb) => eb.or([eb("removed_since", "is", null), eb("rank", "<=", newest)]))
    .orderBy("sort_at", "desc")
    .execute();
}

/** The first and the newest observations of these rollouts, oldest first. */
async function readNewestObservations(db: Reader, rollouts: readonly RolloutKey[], newest: number) {
  const wanted = new Set(rollouts.map(toRolloutKey));
  const rows = await db
    .with("ranked", (query) =>
      query
        .selectFrom("observation")
        .selectAll()
        .select(({ fn }) => [
          fn
            .agg<number>("row_number")
            .over((over) => over.partitionBy(["endpoint_id", "deployment_id"]).orderBy("at"))
            .as("from_first"),
          fn
            .agg<number>("row_number")
            .over((over) => over.partitionBy(["endpoint_id", "deployment_id"]).orderBy("at", "desc"))
            .as("from_newest"),
        ])
        .where("endpoint_id", "in", [...new Set(rollouts.map(({ endpoint_id }) => endpoint_id))])
        .where("deployment_id", "in", [...new Set(rollouts.map(({ deployment_id }) => deployment_id))]),
    )
    .selectFrom("ranked")
    .selectAll()
    .where((eb) => eb.or([eb("from_first", "=", 1), eb("from_newest", "<=", newest)]))
    .orderBy("at")
    .execute();
  // Deployment ids are unique only within an endpoint.
  return rows.filter((row) => wanted.has(toRolloutKey(row)));
}

type RolloutKey = { endpoint_id: string; deployment_id: string };

function toEndpointKey({ endpoint_id: endpointId }: { endpoint_id: string }): string {
  return endpointId;
}

function toRolloutKey({ endpoint_id: endpointId, deployment_id: deploymentId }: RolloutKey): string {
  return JSON.stringify([endpointId, deploymentId]);
}

function isUnfinished(row: unknown): boolean {
  const latest = attempt(() => parseObservation(row));
  return !(latest instanceof Error) && !isTerminal(latest.state.status);
}

function groupBy<T>(rows: readonly T[], toKey: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(toKey(row));
    if (group === undefined) groups.set(toKey(row), [row]);
    else group.push(row);
  }
  return groups;
}

function attempt<T>(work: () => T): T | Error {
  try {
    return work();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
