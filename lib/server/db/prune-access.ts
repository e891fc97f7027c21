import "server-only";

import { type Kysely, sql } from "kysely";

import { day, hour, type Duration, type Instant } from "@/lib/domain/instant";

import type { Database } from "./schema";

/** How long rows of access are kept that no longer give access; their settings are in docs/settings.md. */
export type AccessRetention = {
  audit: Duration;
  /** Guest links and service tokens, after they expired or were revoked: their lists can still name them. */
  links: Duration;
  /** Screens, after they expired. */
  screens: Duration;
};

/** How long other rows are kept. */
const keptFor = {
  /** Longer than any window of a limit. */
  attempt: day,
  /** Longer than a revocation can be undone. */
  revokedScreen: hour,
} satisfies Record<string, Duration>;

/** Small enough that a batch delays neither polling nor viewers. */
const rowsAtOnce = 500;

type Prunable = { table: string; key: string; isOver: ReturnType<typeof sql<boolean>> };

/**
 * Deletes a batch of rows that are no longer needed: old audit entries and attempts, long expired guest links,
 * screens and service tokens, expired sessions, pairings and mutes, acknowledgements of pruned rollouts. Returns the
 * number of rows; 0 means that nothing is left.
 */
export async function pruneAccess(
  db: Kysely<Database>,
  now: Instant,
  retention: AccessRetention,
): Promise<number> {
  let pruned = 0;
  for (const each of toPrunable(now, retention)) pruned += await pruneBatch(db, each);
  return pruned;
}

function toPrunable(now: Instant, { audit, links, screens }: AccessRetention): Prunable[] {
  const linksBefore = now - links;
  return [
    { table: "audit", key: "id", isOver: sql<boolean>`at < ${now - audit}` },
    { table: "attempt", key: "key", isOver: sql<boolean>`at < ${now - keptFor.attempt}` },
    {
      table: "guest_link",
      key: "id",
      isOver: sql<boolean>`(expires_at < ${linksBefore} or revoked_at < ${linksBefore})`,
    },
    {
      table: "screen",
      key: "id",
      isOver: sql<boolean>`(expires_at < ${now - screens} or revoked_at < ${now - keptFor.revokedScreen})`,
    },
    {
      table: "service_token",
      key: "id",
      isOver: sql<boolean>`expires_at < ${linksBefore}`,
    },
    { table: "session", key: "id", isOver: sql<boolean>`expires_at < ${now}` },
    { table: "pairing", key: "device_hash", isOver: sql<boolean>`expires_at < ${now}` },
    { table: "endpoint_mute", key: "endpoint_id", isOver: sql<boolean>`until_at < ${now}` },
    {
      table: "acknowledgement",
      key: "endpoint_id",
      isOver: sql<boolean>`not exists (select 1 from rollout
        where rollout.endpoint_id = acknowledgement.endpoint_id
        and rollout.deployment_id = acknowledgement.deployment_id)`,
    },
  ];
}

/** Tests the condition twice, because `key` is not unique for attempts. */
async function pruneBatch(db: Kysely<Database>, { table, key, isOver }: Prunable): Promise<number> {
  const { numAffectedRows } = await sql`delete from ${sql.table(table)} where ${isOver} and ${sql.ref(key)} in
    (select ${sql.ref(key)} from ${sql.table(table)} where ${isOver} limit ${sql.lit(rowsAtOnce)})`.execute(
    db,
  );
  return Number(numAffectedRows ?? 0n);
}
