import "server-only";

import type { Kysely, Migration } from "kysely";

/** Accounts, sessions, sign-in attempts, screens, pairings and the audit log. */
export const accessTables: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("account")
      .ifNotExists()
      .addColumn("name", "text", (column) => column.primaryKey())
      .addColumn("password_hash", "text", (column) => column.notNull())
      .addColumn("is_one_time", "integer", (column) => column.notNull())
      .addColumn("role", "text", (column) => column.notNull())
      .addColumn("orgs", "text")
      .addColumn("changed_at", "bigint", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("session")
      .ifNotExists()
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("token_hash", "text", (column) => column.notNull().unique())
      .addColumn("subject", "text", (column) => column.notNull())
      .addColumn("account", "text", (column) => column.notNull())
      .addColumn("identity", "text", (column) => column.notNull())
      .addColumn("browser", "text")
      .addColumn("created_at", "bigint", (column) => column.notNull())
      .addColumn("last_seen_at", "bigint", (column) => column.notNull())
      .addColumn("expires_at", "bigint", (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex("session_of_subject")
      .ifNotExists()
      .on("session")
      .columns(["subject", "created_at"])
      .execute();
    await db.schema
      .createTable("attempt")
      .ifNotExists()
      .addColumn("key", "text", (column) => column.notNull())
      .addColumn("slot", "integer", (column) => column.notNull())
      .addColumn("at", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint("attempt_key", ["key", "slot"])
      .execute();
    await db.schema.createIndex("attempt_oldest").ifNotExists().on("attempt").columns(["at"]).execute();
    await db.schema
      .createTable("screen")
      .ifNotExists()
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("pass_hash", "text", (column) => column.unique())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("shows", "text", (column) => column.notNull())
      .addColumn("orgs", "text")
      .addColumn("approved_by", "text", (column) => column.notNull())
      .addColumn("approver", "text", (column) => column.notNull())
      .addColumn("created_at", "bigint", (column) => column.notNull())
      .addColumn("last_seen_at", "bigint")
      .addColumn("expires_at", "bigint", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("pairing")
      .ifNotExists()
      .addColumn("device_hash", "text", (column) => column.primaryKey())
      .addColumn("code_hash", "text", (column) => column.notNull().unique())
      .addColumn("screen_id", "text")
      .addColumn("expires_at", "bigint", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("audit")
      .ifNotExists()
      .addColumn("id", "integer", (column) => column.primaryKey().autoIncrement())
      .addColumn("at", "bigint", (column) => column.notNull())
      .addColumn("actor", "text", (column) => column.notNull())
      .addColumn("action", "text", (column) => column.notNull())
      .addColumn("about", "text", (column) => column.notNull())
      .execute();
  },
};
