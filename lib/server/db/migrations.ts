import "server-only";

import { type Kysely, type Migration, type MigrationProvider, sql } from "kysely";

import { accessTables } from "./access-tables";
import { acknowledgementTable } from "./acknowledgements";
import { approverColumns } from "./approver-columns";

/** Each step is skipped where it was taken already, so that a start that was interrupted is finished by the next. */
const firstTables: Migration = {
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

const guestLinks: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("guest_link")
      .ifNotExists()
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("token_hash", "text", (column) => column.notNull().unique())
      .addColumn("endpoint_id", "text", (column) => column.notNull())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("created_at", "bigint", (column) => column.notNull())
      .addColumn("expires_at", "bigint", (column) => column.notNull())
      .addColumn("revoked_at", "bigint")
      .addColumn("last_used_at", "bigint")
      .execute();
    await db.schema
      .createIndex("guest_link_of_endpoint")
      .ifNotExists()
      .on("guest_link")
      .columns(["endpoint_id", "created_at"])
      .execute();
  },
};

const lease: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("lease")
      .ifNotExists()
      .addColumn("name", "text", (column) => column.primaryKey())
      .addColumn("fence", "bigint", (column) => column.notNull())
      .addColumn("holder", "text")
      .addColumn("renewals", "bigint", (column) => column.notNull())
      .execute();
    await sql`insert into lease (name, fence, holder, renewals) values ('watch', 0, null, 0)
      on conflict (name) do nothing`.execute(db);
    await db.schema
      .createTable("sight")
      .ifNotExists()
      .addColumn("name", "text", (column) => column.primaryKey())
      .addColumn("revision", "bigint", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .execute();
    await db.schema.createIndex("sight_newest").ifNotExists().on("sight").columns(["revision"]).execute();
  },
};

const messageRuns: Migration = {
  async up(db: Kysely<unknown>) {
    const tables = await db.introspection.getTables();
    const columns = tables.find(({ name }) => name === "observation")?.columns ?? [];
    if (columns.some(({ name }) => name === "messages_between")) return;
    await db.schema.alterTable("observation").addColumn("messages_between", "integer").execute();
  },
};

/** What 0001 to 0004 named in words that only Rollcall used. Each step looks first, so that it may be repeated. */
const fieldTerms: Migration = {
  async up(db: Kysely<unknown>) {
    const tables = await db.introspection.getTables();
    const has = (table: string, column: string) =>
      tables.some(({ name, columns }) => name === table && columns.some((one) => one.name === column));
    for (const [table, from, to] of renamedColumns)
      if (has(table, from)) await db.schema.alterTable(table).renameColumn(from, to).execute();
    if (!has("sight", "name")) return;
    await db.schema.dropIndex("sight_newest").ifExists().execute();
    await db.schema.alterTable("sight").renameTo("snapshot").execute();
    await db.schema.createIndex("snapshot_newest").on("snapshot").columns(["revision"]).execute();
  },
};

const renamedColumns = [
  ["endpoint", "gone_since", "removed_since"],
  ["rollout", "gone_since", "removed_since"],
  ["lease", "fence", "fencing_token"],
  ["screen", "shows", "display_settings"],
] as const;

/** Every migration. The number decides the order; a landed one is never edited: a later one amends it. */
const migrations: Record<string, Migration> = {
  "0001_first_tables": firstTables,
  "0002_guest_links": guestLinks,
  "0003_lease": lease,
  "0004_access": accessTables,
  "0005_acknowledgement": acknowledgementTable,
  "0006_approvers": approverColumns,
  "0007_message_runs": messageRuns,
  "0008_field_terms": fieldTerms,
};

/** What a database may have been through for this build to understand it. */
export const migrationNames: readonly string[] = Object.keys(migrations);

export const migrationProvider: MigrationProvider = {
  getMigrations: () => Promise.resolve(migrations),
};
