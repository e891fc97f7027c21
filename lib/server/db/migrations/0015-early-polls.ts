import "server-only";

import type { Kysely, Migration } from "kysely";

/** Endpoints that followers ask the leader to poll early. */
export const earlyPolls: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("early_poll")
      .ifNotExists()
      .addColumn("endpoint_id", "text", (column) => column.primaryKey())
      .execute();
  },
};
