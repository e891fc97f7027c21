import "server-only";

import type { Kysely } from "kysely";
import * as z from "zod";

import type { Instant } from "@/lib/domain/instant";

import { asHistory } from "./database-problem";
import { instant } from "./columns";
import type { Database } from "./schema";

/** Who did what, to what, and when. `about` names the object and must not contain a secret. */
export type AuditEntry = { id: number; at: Instant; actor: string; action: string; about: string };

const rowSchema = z.object({
  id: z.coerce.number(),
  at: instant,
  actor: z.string(),
  action: z.string(),
  about: z.string(),
});

/** The audit log of changes to access. Entries are never changed. */
export function openAudit(db: Kysely<Database>) {
  return {
    add: asHistory(async (entry: Omit<AuditEntry, "id">): Promise<void> => {
      await db.insertInto("audit").values(entry).execute();
    }),
    /** Newest first. `before` is the id of the last entry of the previous page. */
    list: asHistory(
      async ({ limit, before }: { limit: number; before: number | null }): Promise<AuditEntry[]> => {
        const all = db.selectFrom("audit").selectAll().orderBy("id", "desc").limit(limit);
        const rows = await (before === null ? all : all.where("id", "<", before)).execute();
        return rows.map((row) => rowSchema.parse(row));
      },
    ),
  };
}
