import "server-only";

import type { Kysely } from "kysely";

import { asHistory } from "./database-problem";
import type { EndpointFacts, KeptReply } from "./recording";
import { parseEndpointFacts, parseReply, parseUnreadFields } from "./rows";
import type { Database } from "./schema";

const repliesAtOnce = 500;

/** Queries for endpoints and their last replies. */
export function openEndpoints(db: Kysely<Database>) {
  return {
    readEndpoints: asHistory(async (): Promise<EndpointFacts[]> => {
      const rows = await db.selectFrom("endpoint").selectAll().orderBy("id").execute();
      return rows.map(parseEndpointFacts);
    }),
    readEndpointFacts: asHistory(async (endpointId: string): Promise<EndpointFacts | null> => {
      const row = await db.selectFrom("endpoint").selectAll().where("id", "=", endpointId).executeTakeFirst();
      return row === undefined ? null : parseEndpointFacts(row);
    }),
    /** Every endpoint id in history with its organization, which is null if no reply named one. */
    readEndpointOwners: asHistory(async (): Promise<{ endpointId: string; org: string | null }[]> => {
      const rows = await db.selectFrom("endpoint").select(["id", "org"]).orderBy("id").execute();
      return rows.map(({ id, org }) => ({ endpointId: id, org: typeof org === "string" ? org : null }));
    }),
    /** The fields of the last replies that Rollcall does not read, by endpoint. Does not load the replies' bodies. */
    readUnreadFields: asHistory(
      async (endpointIds: readonly string[]): Promise<Map<string, readonly string[]>> => {
        const found = new Map<string, readonly string[]>();
        for (let start = 0; start < endpointIds.length; start += repliesAtOnce) {
          const rows = await db
            .selectFrom("reply")
            .select(["endpoint_id", "unread_fields"])
            .where("endpoint_id", "in", endpointIds.slice(start, start + repliesAtOnce))
            .execute();
          for (const row of rows) found.set(row.endpoint_id, parseUnreadFields(row));
        }
        return found;
      },
    ),
    readReply: asHistory(async (endpointId: string): Promise<KeptReply | null> => {
      const row = await db
        .selectFrom("reply")
        .selectAll()
        .where("endpoint_id", "=", endpointId)
        .executeTakeFirst();
      return row === undefined ? null : parseReply(row);
    }),
  };
}
