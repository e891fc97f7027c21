import "server-only";

import type { Kysely, Migration } from "kysely";

/** What people are notified about, and each delivery to a channel. */
export const notifications: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("notification")
      .ifNotExists()
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("kind", "text", (column) => column.notNull())
      .addColumn("endpoint_id", "text")
      .addColumn("thread", "text", (column) => column.notNull())
      .addColumn("at", "bigint", (column) => column.notNull())
      .addColumn("event", "text", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("delivery")
      .ifNotExists()
      .addColumn("notification_id", "text", (column) => column.notNull())
      .addColumn("channel", "text", (column) => column.notNull())
      .addColumn("thread", "text", (column) => column.notNull())
      .addColumn("at", "bigint", (column) => column.notNull())
      .addColumn("state", "text", (column) => column.notNull())
      .addColumn("attempts", "integer", (column) => column.notNull())
      .addColumn("next_attempt_at", "bigint", (column) => column.notNull())
      .addColumn("attempted_at", "bigint")
      .addColumn("error", "text")
      .addColumn("receipt", "text")
      .addPrimaryKeyConstraint("delivery_key", ["notification_id", "channel"])
      .execute();
    await db.schema
      .createTable("endpoint_mute")
      .ifNotExists()
      .addColumn("endpoint_id", "text", (column) => column.primaryKey())
      .addColumn("until_at", "bigint", (column) => column.notNull())
      .addColumn("account", "text")
      .execute();
    await index(db, "delivery_due", "delivery", ["channel", "state", "next_attempt_at"]);
    await index(db, "delivery_thread", "delivery", ["channel", "thread", "at"]);
    await index(db, "notification_at", "notification", ["at"]);
  },
};

async function index(db: Kysely<unknown>, name: string, table: string, columns: string[]): Promise<void> {
  await db.schema.createIndex(name).ifNotExists().on(table).columns(columns).execute();
}
