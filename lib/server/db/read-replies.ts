import "server-only";

import type { Kysely } from "kysely";

import type { KeptReply } from "./recording";
import { parseReply, parseUnreadFields } from "./rows";
import type { Database } from "./schema";

const repliesAtOnce = 500;

/** The fields of the last replies that nothing reads, by endpoint: what is kept of the replies stays unread. */
export async function readUnreadFields(
  db: Kysely<Database>,
  endpointIds: readonly string[],
): Promise<Map<string, readonly string[]>> {
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
}

export async function readReply(db: Kysely<Database>, endpointId: string): Promise<KeptReply | null> {
  const row = await db
    .selectFrom("reply")
    .selectAll()
    .where("endpoint_id", "=", endpointId)
    .executeTakeFirst();
  return row === undefined ? null : parseReply(row);
}
