import "server-only";

import type { Kysely, Migration } from "kysely";

/** How the last reply about an endpoint was read. Null until the next reply. */
export const fieldUse: Migration = {
  async up(db: Kysely<unknown>) {
    const tables = await db.introspection.getTables();
    const columns = tables.find(({ name }) => name === "reply")?.columns ?? [];
    if (columns.some(({ name }) => name === "field_use")) return;
    await db.schema.alterTable("reply").addColumn("field_use", "text").execute();
  },
};
