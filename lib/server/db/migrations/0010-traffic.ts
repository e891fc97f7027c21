import "server-only";

import type { Kysely, Migration } from "kysely";

/** What callers felt, a row for each endpoint and minute, and how the last polls of the Metrics API went. */
export const trafficTables: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("traffic_minute")
      .ifNotExists()
      .addColumn("endpoint_id", "text", (column) => column.notNull())
      .addColumn("at", "bigint", (column) => column.notNull())
      .addColumn("requests", "double precision")
      .addColumn("failures", "double precision")
      .addColumn("first_token_p50", "double precision")
      .addColumn("first_token_p95", "double precision")
      .addColumn("queue_p50", "double precision")
      .addColumn("queue_p95", "double precision")
      .addPrimaryKeyConstraint("traffic_minute_key", ["endpoint_id", "at"])
      .execute();
    await db.schema
      .createTable("traffic_source")
      .ifNotExists()
      .addColumn("org", "text", (column) => column.primaryKey())
      .addColumn("answered_at", "bigint")
      .addColumn("minute_at", "bigint")
      .addColumn("endpoints", "bigint")
      .addColumn("cause_code", "text")
      .addColumn("cause_message", "text")
      .addColumn("failing_since", "bigint")
      .addColumn("retry_at", "bigint")
      .execute();
  },
};
