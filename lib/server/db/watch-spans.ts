import "server-only";

import type { Kysely } from "kysely";

import type { Instant } from "@/lib/domain/instant";
import type { WatchSpan } from "@/lib/domain/observation";

import { asHistory } from "./database-problem";
import { parseWatchSpan } from "./rows";
import type { Database } from "./schema";

/** Queries for the spans in which an endpoint was watched. */
export function openWatchSpans(db: Kysely<Database>) {
  return {
    /**
     * The spans that overlap a window and the one before it, oldest first, so that a gap that reaches into the window is
     * complete.
     */
    readSpans: asHistory(
      async (endpointId: string, window: { from: Instant; until: Instant }): Promise<WatchSpan[]> => {
        const before = await db
          .selectFrom("watch_span")
          .selectAll()
          .where("endpoint_id", "=", endpointId)
          .where("from_at", "<=", window.from)
          .orderBy("from_at", "desc")
          .limit(2)
          .execute();
        const within = await db
          .selectFrom("watch_span")
          .selectAll()
          .where("endpoint_id", "=", endpointId)
          .where("from_at", ">", window.from)
          .where("from_at", "<=", window.until)
          .orderBy("from_at")
          .execute();
        return [...before.toReversed(), ...within].map(parseWatchSpan);
      },
    ),
    /** The newest spans of an endpoint, newest first. */
    readRecentSpans: asHistory(async (endpointId: string, limit: number): Promise<WatchSpan[]> => {
      const rows = await db
        .selectFrom("watch_span")
        .selectAll()
        .where("endpoint_id", "=", endpointId)
        .orderBy("from_at", "desc")
        .limit(limit)
        .execute();
      return rows.map(parseWatchSpan);
    }),
  };
}
