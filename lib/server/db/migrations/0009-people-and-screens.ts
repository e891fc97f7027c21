import "server-only";

import type { Kysely, Migration } from "kysely";

/** When an invitation expires, and what a screen was last asked to do. Null in older rows. */
const columns = [
  ["account", "one_time_until"],
  ["screen", "identified_at"],
  ["screen", "reloaded_at"],
  ["screen", "revoked_at"],
] as const;

export const peopleAndScreens: Migration = {
  async up(db: Kysely<unknown>) {
    const tables = await db.introspection.getTables();
    for (const [table, column] of columns) {
      const known = tables.find(({ name }) => name === table)?.columns ?? [];
      if (known.some(({ name }) => name === column)) continue;
      await db.schema.alterTable(table).addColumn(column, "bigint").execute();
    }
  },
};
