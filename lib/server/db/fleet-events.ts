import "server-only";

import { sql, type Kysely } from "kysely";
import * as z from "zod";

import type { Observation, WatchSpan } from "@/lib/domain/observation";
import type { RolloutFacts } from "@/lib/domain/rollout";
import { terminalStatuses } from "@/lib/domain/rollout-status";

import { asHistory } from "./database-problem";
import {
  comparePlaces,
  idOf,
  isPast,
  isWithin,
  nonEmpty,
  type EventFilter,
  type EventPlace,
  type EventSource,
} from "./event-place";
import { parseObservation, parseRolloutFacts, parseWatchSpan } from "./rows";
import type { Database } from "./schema";

type OfEndpoint = EventPlace & { endpointId: string; org: string | null };
export type RecordedChange = OfEndpoint &
  (
    | { source: "observation"; facts: RolloutFacts; observation: Observation; former: Observation | null }
    | { source: "span"; span: WatchSpan; former: WatchSpan }
    | { source: "removal"; facts: RolloutFacts; latest: Observation }
  );

const place = z.object({ endpoint_id: z.string(), org: z.string().nullable() });
const id = z.coerce.string();

/** Queries for what happened on all endpoints, oldest first: a fixed number, each bounded by its limit and an index. */
export function openFleetEvents(db: Kysely<Database>) {
  async function readObservations(filter: EventFilter): Promise<RecordedChange[]> {
    const rows = await db
      .selectFrom("observation")
      .innerJoin("endpoint", "endpoint.id", "observation.endpoint_id")
      .innerJoin("rollout", (join) =>
        join
          .onRef("rollout.endpoint_id", "=", "observation.endpoint_id")
          .onRef("rollout.deployment_id", "=", "observation.deployment_id"),
      )
      .selectAll("rollout")
      .selectAll("observation")
      .select("endpoint.org")
      .select((eb) =>
        eb
          .selectFrom("observation as former")
          .select("former.id")
          .whereRef("former.endpoint_id", "=", "observation.endpoint_id")
          .whereRef("former.deployment_id", "=", "observation.deployment_id")
          .whereRef("former.at", "<", "observation.at")
          .orderBy("former.at", "desc")
          .limit(1)
          .as("former_id"),
      )
      .where("observation.at", ">=", filter.after.at)
      .where("observation.at", "<", filter.until)
      .$if(isWithin(filter, "observation"), (query) =>
        query.where((eb) =>
          eb(
            eb.refTuple("observation.at", "observation.id"),
            ">",
            eb.tuple(filter.after.at, Number(idOf(filter))),
          ),
        ),
      )
      .$if(isPast(filter, "observation"), (query) => query.where("observation.at", ">", filter.after.at))
      .$if(filter.orgs !== null, (query) => query.where("endpoint.org", "in", nonEmpty(filter.orgs)))
      .$if(filter.endpointId !== null, (query) =>
        query.where("observation.endpoint_id", "=", filter.endpointId ?? ""),
      )
      .orderBy("observation.at")
      .orderBy("observation.id")
      .limit(filter.limit)
      .execute();
    const ids = rows.flatMap(({ former_id: former }) => former ?? []);
    const formers =
      ids.length === 0 ? [] : await db.selectFrom("observation").selectAll().where("id", "in", ids).execute();
    const byId = new Map(formers.map((row) => [row.id, parseObservation(row)]));
    return rows.map((row) => ({
      ...toPlace(row, "observation", { at: row.at, id: row.id }),
      source: "observation",
      facts: parseRolloutFacts(row),
      observation: parseObservation(row),
      former: row.former_id === null ? null : (byId.get(row.former_id) ?? null),
    }));
  }

  /** The first span of an endpoint is no event. */
  async function readSpans(filter: EventFilter): Promise<RecordedChange[]> {
    const rows = await db
      .selectFrom("watch_span")
      .innerJoin("endpoint", "endpoint.id", "watch_span.endpoint_id")
      .innerJoin("watch_span as former", (join) =>
        join
          .onRef("former.endpoint_id", "=", "watch_span.endpoint_id")
          .on("former.from_at", "=", (eb) =>
            eb
              .selectFrom("watch_span as older")
              .select("older.from_at")
              .whereRef("older.endpoint_id", "=", "watch_span.endpoint_id")
              .whereRef("older.from_at", "<", "watch_span.from_at")
              .orderBy("older.from_at", "desc")
              .limit(1),
          ),
      )
      .selectAll("watch_span")
      .select([
        "endpoint.org",
        "former.from_at as former_from",
        "former.until_at as former_until",
        "former.broken_by_code as former_code",
        "former.broken_by_message as former_message",
      ])
      .where("watch_span.from_at", ">=", filter.after.at)
      .where("watch_span.from_at", "<", filter.until)
      .$if(isWithin(filter, "span"), (query) =>
        query.where((eb) =>
          eb(
            eb.refTuple("watch_span.from_at", "watch_span.endpoint_id"),
            ">",
            eb.tuple(filter.after.at, idOf(filter)),
          ),
        ),
      )
      .$if(isPast(filter, "span"), (query) => query.where("watch_span.from_at", ">", filter.after.at))
      .$if(filter.orgs !== null, (query) => query.where("endpoint.org", "in", nonEmpty(filter.orgs)))
      .$if(filter.endpointId !== null, (query) =>
        query.where("watch_span.endpoint_id", "=", filter.endpointId ?? ""),
      )
      .orderBy("watch_span.from_at")
      .orderBy("watch_span.endpoint_id")
      .limit(filter.limit)
      .execute();
    return rows.map((row) => ({
      ...toPlace(row, "span", { at: row.from_at, id: row.endpoint_id }),
      source: "span",
      span: parseWatchSpan(row),
      former: parseWatchSpan({
        ...{ from_at: row.former_from, until_at: row.former_until },
        ...{ broken_by_code: row.former_code, broken_by_message: row.former_message },
      }),
    }));
  }

  /** Rollouts that were no longer listed before their end. */
  async function readRemovals(filter: EventFilter): Promise<RecordedChange[]> {
    const rows = await db
      .selectFrom("rollout")
      .innerJoin("endpoint", "endpoint.id", "rollout.endpoint_id")
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
      .select(["endpoint.org", sql<number>`rollout.removed_since`.as("removed_at")])
      .where("rollout.removed_since", ">=", filter.after.at)
      .where("rollout.removed_since", "<", filter.until)
      .where("observation.status", "not in", [...terminalStatuses])
      .$if(isWithin(filter, "removal"), (query) =>
        query.where((eb) =>
          eb(
            eb.refTuple("rollout.removed_since", "rollout.deployment_id"),
            ">",
            eb.tuple(filter.after.at, idOf(filter)),
          ),
        ),
      )
      .$if(isPast(filter, "removal"), (query) => query.where("rollout.removed_since", ">", filter.after.at))
      .$if(filter.orgs !== null, (query) => query.where("endpoint.org", "in", nonEmpty(filter.orgs)))
      .$if(filter.endpointId !== null, (query) =>
        query.where("rollout.endpoint_id", "=", filter.endpointId ?? ""),
      )
      .orderBy("rollout.removed_since")
      .orderBy("rollout.deployment_id")
      .limit(filter.limit)
      .execute();
    return rows.map((row) => ({
      ...toPlace(row, "removal", { at: row.removed_at, id: row.deployment_id }),
      source: "removal",
      facts: parseRolloutFacts(row),
      latest: parseObservation(row),
    }));
  }

  const readers = { observation: readObservations, span: readSpans, removal: readRemovals };
  return {
    /** Up to `limit` changes of each source, oldest first. */
    readFleetChanges: asHistory(
      async (filter: EventFilter, sources: readonly EventSource[]): Promise<RecordedChange[]> => {
        const found = await Promise.all(sources.map((source) => readers[source](filter)));
        return found.flat().toSorted(comparePlaces).slice(0, filter.limit);
      },
    ),
  };
}

function toPlace(row: unknown, source: EventSource, { at, id: given }: { at: number; id: unknown }) {
  const { endpoint_id: endpointId, org } = place.parse(row);
  return { endpointId, org, source, at, id: id.parse(given) };
}
