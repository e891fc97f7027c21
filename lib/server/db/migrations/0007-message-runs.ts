import "server-only";

import type { Kysely, Migration } from "kysely";

export const messageRuns: Migration = {
  async up(db: Kysely<unknown>) {
    const tables = await db.introspection.getTables();
    const columns = tables.find(({ name }) => name === "observation")?.columns ?? [];
    if (columns.some(({ name }) => name === "messages_between")) return;
    await db.schema.alterTable("observation").addColumn("messages_between", "integer").execute();
  },
};
