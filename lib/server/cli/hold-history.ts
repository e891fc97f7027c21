import "server-only";

import { setTimeout } from "node:timers/promises";

import type { Kysely } from "kysely";

import type { DatabaseAddress } from "@/lib/server/config/database";

import { leaseTime, openLease, type LeaseState } from "../db/lease";
import type { Database } from "../db/schema";
import { holdDatabase, InUse } from "@/lib/server/db/database-lock";

/**
 * Keeps every server from writing until it is released: by the file's lock, or by the lease where several
 * may share the database. Throws InUse while a server writes.
 */
export async function holdHistory(
  address: DatabaseAddress,
  db: Kysely<Database>,
): Promise<() => Promise<void>> {
  if (address.engine === "postgres") return holdLease(db);
  const release = holdDatabase(address.file);
  return () => {
    release();
    return Promise.resolve();
  };
}

async function holdLease(db: Kysely<Database>): Promise<() => Promise<void>> {
  const lease = openLease(db);
  const seen = await lease.read();
  // Whoever holds it shows within a lease time whether it is still there.
  if (seen.holder !== null) await setTimeout(leaseTime);
  const fencingToken = isSame(seen, await lease.read()) ? await lease.take(seen, "rollcall import") : null;
  if (fencingToken === null) throw new InUse();
  const renewal = setInterval(() => void lease.renew(fencingToken).catch(() => undefined), leaseTime / 3);
  return async () => {
    clearInterval(renewal);
    await lease.release(fencingToken);
  };
}

function isSame(before: LeaseState, after: LeaseState): boolean {
  return before.fencingToken === after.fencingToken && before.renewals === after.renewals;
}
