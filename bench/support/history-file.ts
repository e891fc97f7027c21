import Database from "better-sqlite3";
import { join } from "node:path";

import { z } from "zod";

const count = z.object({ n: z.number() });

/** Consecutive rows of one rollout with equal content: only changes should be stored. */
const repetition = `
  select count(*) as n from (
    select
      json_array(status, reported_status, updated_replicas, total_replicas, max_unavailable, error_message) as state,
      lag(json_array(status, reported_status, updated_replicas, total_replicas, max_unavailable, error_message))
        over (partition by endpoint_id, deployment_id order by at) as former
    from observation
  ) where state = former`;

/** The number of observations in a server's file, of all endpoints; the server may be running. */
export function countObservations(directory: string): number {
  const database = new Database(join(directory, "rollcall.db"), { readonly: true });
  try {
    return count.parse(database.prepare("select count(*) as n from observation").get()).n;
  } finally {
    database.close();
  }
}

/** SQLite's own check of a server's file. */
export function inspectHistory(directory: string): { repeated: number; integrity: string } {
  const database = new Database(join(directory, "rollcall.db"), { readonly: true });
  try {
    return {
      repeated: count.parse(database.prepare(repetition).get()).n,
      integrity: z.string().parse(database.pragma("integrity_check", { simple: true })),
    };
  } finally {
    database.close();
  }
}
