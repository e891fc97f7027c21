import "server-only";

import { type Kysely, type Migration, sql } from "kysely";

/** The lease of the leader election, and what the leader publishes for followers. */
export const lease: Migration = {
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
