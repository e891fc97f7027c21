import "server-only";

import type { Kysely, Migration } from "kysely";

/** What is needed to read the events of all endpoints by time. */
export const fleetEvents: Migration = {
  async up(db: Kysely<unknown>) {
    const indexes = [
      ["observation_by_time", "observation", ["at", "id"]],
      ["watch_span_by_time", "watch_span", ["from_at", "endpoint_id"]],
      ["rollout_removed", "rollout", ["removed_since", "deployment_id"]],
      ["rollout_removed_of_endpoint", "rollout", ["endpoint_id", "removed_since", "deployment_id"]],
    ] as const;
    for (const [name, table, columns] of indexes)
      await db.schema
        .createIndex(name)
        .ifNotExists()
        .on(table)
        .columns([...columns])
        .execute();
  },
};
