import "server-only";

import type { Kysely } from "kysely";
import * as z from "zod";

import type { Instant } from "@/lib/domain/instant";

import { instant } from "./columns";
import { asHistory } from "./database-problem";
import type { Database } from "./schema";

/** Until when nothing is sent about an endpoint, and who muted it. `by` is null under open access. */
export type EndpointMute = { endpointId: string; until: Instant; by: string | null };

const rowSchema = z
  .object({ endpoint_id: z.string(), until_at: instant, account: z.nullable(z.string()) })
  .transform(({ endpoint_id, until_at, account }): EndpointMute => ({
    endpointId: endpoint_id,
    until: until_at,
    by: account,
  }));

const mostMutes = 1_000;

/** Queries for muted endpoints. Mutes that are over are treated as missing. */
export function openEndpointMutes(db: Kysely<Database>) {
  return {
    /** In the order in which they end. */
    list: asHistory(async (now: Instant): Promise<EndpointMute[]> => {
      const rows = await db
        .selectFrom("endpoint_mute")
        .selectAll()
        .where("until_at", ">", now)
        .orderBy("until_at")
        .orderBy("endpoint_id")
        .limit(mostMutes)
        .execute();
      return rows.map((row) => rowSchema.parse(row));
    }),
    read: asHistory(async (endpointId: string, now: Instant): Promise<EndpointMute | null> => {
      const row = await db
        .selectFrom("endpoint_mute")
        .selectAll()
        .where("endpoint_id", "=", endpointId)
        .where("until_at", ">", now)
        .executeTakeFirst();
      return row === undefined ? null : rowSchema.parse(row);
    }),
    /** Replaces the endpoint's former mute. */
    put: asHistory(async ({ endpointId, until, by }: EndpointMute): Promise<void> => {
      await db
        .insertInto("endpoint_mute")
        .values({ endpoint_id: endpointId, until_at: until, account: by })
        .onConflict((conflict) =>
          conflict.column("endpoint_id").doUpdateSet({ until_at: until, account: by }),
        )
        .execute();
    }),
    /** False if the endpoint is not muted. */
    remove: asHistory(async (endpointId: string, now: Instant): Promise<boolean> => {
      const { numDeletedRows } = await db
        .deleteFrom("endpoint_mute")
        .where("endpoint_id", "=", endpointId)
        .where("until_at", ">", now)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    }),
  };
}
