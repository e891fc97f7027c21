import "server-only";

import type { Kysely, Migration } from "kysely";

/** Who approved a screen or made a guest link, because their present access decides. Null in older rows. */
const columns = [
  ["screen", "approver_identity"],
  ["guest_link", "made_by"],
  ["guest_link", "maker_identity"],
] as const;

export const approverColumns: Migration = {
  async up(db: Kysely<unknown>) {
    const tables = await db.introspection.getTables();
    for (const [table, column] of columns) {
      const known = tables.find(({ name }) => name === table)?.columns ?? [];
      if (known.some(({ name }) => name === column)) continue;
      await db.schema.alterTable(table).addColumn(column, "text").execute();
    }
  },
};
