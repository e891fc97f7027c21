import "server-only";

import type { Kysely, Migration } from "kysely";

export const guestLinks: Migration = {
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
