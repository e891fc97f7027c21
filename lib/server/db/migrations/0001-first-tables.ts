import "server-only";

import { type Kysely, type Migration, sql } from "kysely";

/** History: endpoints, their last replies, rollouts, observations, and when each endpoint was watched. */
export const firstTables: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("endpoint")
      .ifNotExists()
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("org", "text")
      .addColumn("model_arch", "text")
      .addColumn("created_at", "bigint")
      .addColumn("updated_at", "bigint")
      .addColumn("warnings", "text", (column) => column.notNull())
      .addColumn("first_observed_at", "bigint", (column) => column.notNull())
      .addColumn("gone_since", "bigint")
      .execute();
    await db.schema
      .createTable("reply")
      .ifNotExists()
      .addColumn("endpoint_id", "text", (column) => column.primaryKey().references("endpoint.id"))
      .addColumn("body", "text", (column) => column.notNull())
      .addColumn("is_shortened", "integer", (column) => column.notNull())
      .addColumn("unread_fields", "text", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("rollout")
      .ifNotExists()
      .addColumn("endpoint_id", "text", (column) => column.notNull().references("endpoint.id"))
      .addColumn("deployment_id", "text", (column) => column.notNull())
      .addColumn("model", "text")
      .addColumn("version", "text")
      .addColumn("version_alias", "text")
      .addColumn("created_at", "bigint")
      .addColumn("first_observed_at", "bigint", (column) => column.notNull())
      .addColumn("ended_at", "bigint")
      .addColumn("error_since", "bigint")
      .addColumn("last_seen_at", "bigint")
      .addColumn("gone_since", "bigint")
      .addColumn("sort_at", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint("rollout_key", ["endpoint_id", "deployment_id"])
      .execute();
    await db.schema
      .createIndex("rollout_newest")
      .ifNotExists()
      .on("rollout")
      .columns(["endpoint_id", "sort_at", "deployment_id"])
      .execute();
    await db.schema
      .createTable("observation")
      .ifNotExists()
      .addColumn("id", "integer", (column) => column.primaryKey().autoIncrement())
      .addColumn("endpoint_id", "text", (column) => column.notNull())
      .addColumn("deployment_id", "text", (column) => column.notNull())
      .addColumn("at", "bigint", (column) => column.notNull())
      .addColumn("not_before", "bigint")
      .addColumn("status", "text", (column) => column.notNull())
      .addColumn("reported_status", "text")
      .addColumn("updated_replicas", "double precision")
      .addColumn("total_replicas", "double precision")
      .addColumn("max_unavailable", "double precision")
      .addColumn("error_message", "text")
      .addColumn("warnings", "text", (column) => column.notNull())
      .addForeignKeyConstraint("observation_rollout", ["endpoint_id", "deployment_id"], "rollout", [
        "endpoint_id",
        "deployment_id",
      ])
      .addUniqueConstraint("observation_once", ["endpoint_id", "deployment_id", "at"])
      .execute();
    await db.schema
      .createIndex("observation_newest")
      .ifNotExists()
      .on("observation")
      .columns(["endpoint_id", "at"])
      .execute();
    await db.schema
      .createTable("watch_span")
      .ifNotExists()
      .addColumn("endpoint_id", "text", (column) => column.notNull().references("endpoint.id"))
      .addColumn("from_at", "bigint", (column) => column.notNull())
      .addColumn("until_at", "bigint", (column) => column.notNull())
      .addColumn("broken_by_code", "text")
      .addColumn("broken_by_message", "text")
      .addPrimaryKeyConstraint("watch_span_key", ["endpoint_id", "from_at"])
      .addCheckConstraint("watch_span_forward", sql`until_at >= from_at`)
      .execute();
  },
};
