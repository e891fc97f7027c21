import "server-only";

import { setTimeout } from "node:timers/promises";

import type { Kysely } from "kysely";

import type { DatabaseAddress } from "@/lib/server/config/database";

import { leaseTime, openLease, type LeaseState } from "../db/lease";
import type { Database } from "../db/schema";
import { holdDatabase, InUse } from "@/lib/server/db/database-lock";

/**
 * Keeps servers from writing until it is released: with the file lock, or on PostgreSQL with the lease. Throws InUse
 * while a server is writing.
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
  // A live holder renews the lease within this time.
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
