import "server-only";

import type { Kysely, Migration } from "kysely";

/** Tokens of programs. A revoked one is deleted: the audit log says who revoked it. */
export const serviceTokens: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("service_token")
      .ifNotExists()
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("token_hash", "text", (column) => column.notNull().unique())
      .addColumn("name", "text", (column) => column.notNull().unique())
      .addColumn("scopes", "text", (column) => column.notNull())
      .addColumn("orgs", "text")
      .addColumn("made_by", "text", (column) => column.notNull())
      .addColumn("created_at", "bigint", (column) => column.notNull())
      .addColumn("expires_at", "bigint", (column) => column.notNull())
      .addColumn("last_used_at", "bigint")
      .execute();
  },
};
