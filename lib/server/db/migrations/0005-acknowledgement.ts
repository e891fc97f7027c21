import "server-only";

import type { Kysely, Migration } from "kysely";

/** One row for each endpoint: the acknowledgement of a newer failure replaces the older one. */
export const acknowledgementTable: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("acknowledgement")
      .ifNotExists()
      .addColumn("endpoint_id", "text", (column) => column.primaryKey())
      .addColumn("deployment_id", "text", (column) => column.notNull())
      .addColumn("account", "text")
      .addColumn("at", "bigint", (column) => column.notNull())
      .execute();
  },
};
