import "server-only";

import type { Kysely, Migration } from "kysely";

const renamedColumns = [
  ["endpoint", "gone_since", "removed_since"],
  ["rollout", "gone_since", "removed_since"],
  ["lease", "fence", "fencing_token"],
  ["screen", "shows", "display_settings"],
] as const;

/** Replaces names in 0001 to 0004 that only Rollcall used. */
export const fieldTerms: Migration = {
  async up(db: Kysely<unknown>) {
    const tables = await db.introspection.getTables();
    const has = (table: string, column: string) =>
      tables.some(({ name, columns }) => name === table && columns.some((one) => one.name === column));
    for (const [table, from, to] of renamedColumns)
      if (has(table, from)) await db.schema.alterTable(table).renameColumn(from, to).execute();
    await db.schema.dropIndex("sight_newest").ifExists().execute();
    if (has("sight", "name")) await db.schema.alterTable("sight").renameTo("snapshot").execute();
    await db.schema
      .createIndex("snapshot_newest")
      .ifNotExists()
      .on("snapshot")
      .columns(["revision"])
      .execute();
  },
};
