import "server-only";

import type { Kysely } from "kysely";
import * as z from "zod";

import { causeCodes, type OngoingCause } from "@/lib/domain/cause";
import type { Instant } from "@/lib/domain/instant";
import type { TrafficMinute } from "@/lib/domain/traffic";

import { instant, instantOrNull } from "./columns";
import { asHistory } from "./database-problem";
import { renewWithin } from "./lease";
import type { Database } from "./schema";
import { inTransaction } from "./transaction";

/** How the last polls of the Metrics API went, for one organization (`""` without a name). */
export type TrafficSource = {
  org: string;
  /** The last good reply; null before the first. */
  answeredAt: Instant | null;
  /** When the minute that it told about began. */
  minuteAt: Instant | null;
  /** How many endpoints it named. */
  endpoints: number | null;
  /** Why the newest poll failed; null if it did not. */
  cause: OngoingCause | null;
};

const figure = z.nullable(z.number());

const minuteRow = z
  .object({
    at: instant,
    requests: figure,
    failures: figure,
    first_token_p50: figure,
    first_token_p95: figure,
    queue_p50: figure,
    queue_p95: figure,
  })
  .transform((row): TrafficMinute => ({
    at: row.at,
    requests: row.requests,
    failures: row.failures,
    firstTokenP50: row.first_token_p50,
    firstTokenP95: row.first_token_p95,
    queueP50: row.queue_p50,
    queueP95: row.queue_p95,
  }));

const sourceRow = z
  .object({
    org: z.string(),
    answered_at: instantOrNull,
    minute_at: instantOrNull,
    endpoints: instantOrNull,
    cause_code: z.nullable(z.enum(causeCodes)),
    cause_message: z.nullable(z.string()),
    failing_since: instantOrNull,
    retry_at: instantOrNull,
  })
  .transform((row): TrafficSource => {
    const { org, answered_at: answeredAt, minute_at: minuteAt, endpoints, cause_code: code } = row;
    const { cause_message: message, failing_since: since, retry_at: retryAt } = row;
    const cause =
      code === null || message === null || since === null ? null : { code, message, since, retryAt };
    return { org, answeredAt, minuteAt, endpoints, cause };
  });

/** What one poll adds: the minute of each endpoint, and how the poll went. */
export type TrafficRecording = {
  source: TrafficSource;
  minutes: readonly (TrafficMinute & { endpointId: string })[];
};

/** Rows in one statement; stays below the limit of bound values. */
const rowsAtOnce = 100;
/** Small enough that a batch delays neither polling nor viewers. */
const prunedAtOnce = 500;

/** Queries for what callers felt. */
export function openTraffic(db: Kysely<Database>) {
  return {
    /**
     * Writes what a poll brought, in one transaction. A minute that is known already stays as it is. Throws
     * LostLeadership when the fencing token is no longer valid; null is for a database that no other process writes.
     */
    record: async ({ source, minutes }: TrafficRecording, fencingToken: number | null): Promise<void> => {
      await inTransaction(db, async (trx) => {
        if (fencingToken !== null) await renewWithin(trx, fencingToken);
        for (let start = 0; start < minutes.length; start += rowsAtOnce) {
          await trx
            .insertInto("traffic_minute")
            .values(minutes.slice(start, start + rowsAtOnce).map(toMinuteRow))
            .onConflict((conflict) => conflict.columns(["endpoint_id", "at"]).doNothing())
            .execute();
        }
        const { org, ...row } = toSourceRow(source);
        await trx
          .insertInto("traffic_source")
          .values({ org, ...row })
          .onConflict((conflict) => conflict.column("org").doUpdateSet(row))
          .execute();
      });
    },
    /** The newest minutes of an endpoint that began in [from, until), at most `most`, oldest first. */
    readMinutes: asHistory(
      async (
        endpointId: string,
        { from, until, most }: { from: Instant; until: Instant; most: number },
      ): Promise<TrafficMinute[]> => {
        const rows = await db
          .selectFrom("traffic_minute")
          .selectAll()
          .where("endpoint_id", "=", endpointId)
          .where("at", ">=", from)
          .where("at", "<", until)
          .orderBy("at", "desc")
          .limit(most)
          .execute();
        return rows.map((row) => minuteRow.parse(row)).toReversed();
      },
    ),
    /** How the last polls of each organization's Metrics API went. */
    readSources: asHistory(async (): Promise<TrafficSource[]> => {
      const rows = await db.selectFrom("traffic_source").selectAll().orderBy("org").execute();
      return rows.map((row) => sourceRow.parse(row));
    }),
    /** Deletes a batch of an endpoint's minutes from before an instant. Resolves with the number of rows. */
    pruneBatch: async (endpointId: string, before: Instant): Promise<number> => {
      const old = await db
        .selectFrom("traffic_minute")
        .select("at")
        .where("endpoint_id", "=", endpointId)
        .where("at", "<", before)
        .orderBy("at")
        .limit(prunedAtOnce)
        .execute();
      const last = old.at(-1)?.at;
      if (last === undefined) return 0;
      await db
        .deleteFrom("traffic_minute")
        .where("endpoint_id", "=", endpointId)
        .where("at", "<=", last)
        .execute();
      return old.length;
    },
    /** The endpoints that have minutes. */
    readEndpointIds: async (): Promise<string[]> => {
      const rows = await db.selectFrom("traffic_minute").select("endpoint_id").distinct().execute();
      return rows.map((row) => row.endpoint_id);
    },
  };
}

function toMinuteRow(minute: TrafficMinute & { endpointId: string }) {
  return {
    endpoint_id: minute.endpointId,
    at: minute.at,
    requests: minute.requests,
    failures: minute.failures,
    first_token_p50: minute.firstTokenP50,
    first_token_p95: minute.firstTokenP95,
    queue_p50: minute.queueP50,
    queue_p95: minute.queueP95,
  };
}

function toSourceRow({ org, answeredAt, minuteAt, endpoints, cause }: TrafficSource) {
  return {
    org,
    answered_at: answeredAt,
    minute_at: minuteAt,
    endpoints,
    cause_code: cause?.code ?? null,
    cause_message: cause?.message ?? null,
    failing_since: cause?.since ?? null,
    retry_at: cause?.retryAt ?? null,
  };
}
