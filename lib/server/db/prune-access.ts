import "server-only";

import { type Kysely, sql } from "kysely";

import { day, hour, type Duration, type Instant } from "@/lib/domain/instant";

import type { Database } from "./schema";

/** How long access rows are kept after they expired. */
export const keptFor = {
  audit: 400 * day,
  /** Longer than any window of a limit. */
  attempt: day,
  /** After they expired or were revoked, so that a list can still name them. */
  guestLink: 90 * day,
  /** After they expired, so that the list can say why a program is rejected. */
  serviceToken: 90 * day,
  /** After they expired. */
  screen: 90 * day,
  /** Longer than a revocation can be undone. */
  revokedScreen: hour,
} satisfies Record<string, Duration>;

/** Small enough that a batch delays neither polling nor viewers. */
const rowsAtOnce = 500;

type Prunable = { table: string; key: string; isOver: ReturnType<typeof sql<boolean>> };

/**
 * Deletes a batch of rows that are no longer needed: old audit entries and attempts, long expired guest links,
 * screens and service tokens, expired sessions and pairings, acknowledgements of pruned rollouts. Returns the number of rows; 0 means that
 * nothing is left.
 */
export async function pruneAccess(db: Kysely<Database>, now: Instant): Promise<number> {
  let pruned = 0;
  for (const each of toPrunable(now)) pruned += await pruneBatch(db, each);
  return pruned;
}

function toPrunable(now: Instant): Prunable[] {
  const linksBefore = now - keptFor.guestLink;
  return [
    { table: "audit", key: "id", isOver: sql<boolean>`at < ${now - keptFor.audit}` },
    { table: "attempt", key: "key", isOver: sql<boolean>`at < ${now - keptFor.attempt}` },
    {
      table: "guest_link",
      key: "id",
      isOver: sql<boolean>`(expires_at < ${linksBefore} or revoked_at < ${linksBefore})`,
    },
    {
      table: "screen",
      key: "id",
      isOver: sql<boolean>`(expires_at < ${now - keptFor.screen} or revoked_at < ${now - keptFor.revokedScreen})`,
    },
    {
      table: "service_token",
      key: "id",
      isOver: sql<boolean>`expires_at < ${now - keptFor.serviceToken}`,
    },
    { table: "session", key: "id", isOver: sql<boolean>`expires_at < ${now}` },
    { table: "pairing", key: "device_hash", isOver: sql<boolean>`expires_at < ${now}` },
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
