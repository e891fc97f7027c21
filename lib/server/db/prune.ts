import "server-only";

import type { Kysely, Transaction } from "kysely";

import type { Instant } from "@/lib/domain/instant";

import { inTransaction } from "./transaction";
import type { Database } from "./schema";

/** Small enough that a batch delays neither polling nor viewers. */
const rolloutsAtOnce = 10;
const spansAtOnce = 500;

/**
 * Deletes a batch of an endpoint's history from before an instant, in one transaction: ended rollouts with their
 * observations, then watch spans older than every kept rollout. Always keeps unfinished rollouts, those that replies
 * still list (they would come back as new), and the newest one. Returns the number of rows; 0 means that nothing is
 * left.
 */
export async function pruneBatch(db: Kysely<Database>, endpointId: string, before: Instant): Promise<number> {
  return inTransaction(db, async (trx) => {
    const ended = await findEnded(trx, endpointId, before);
    for (const deploymentId of ended) await pruneRollout(trx, endpointId, deploymentId);
    // The kept rollouts decide which spans are needed, so spans go last.
    return ended.length > 0 ? ended.length : pruneSpans(trx, endpointId, before);
  });
}

async function findEnded(trx: Transaction<Database>, endpointId: string, before: Instant): Promise<string[]> {
  const newest = await trx
    .selectFrom("rollout")
    .select("deployment_id")
    .where("endpoint_id", "=", endpointId)
    .orderBy("sort_at", "desc")
    .orderBy("deployment_id", "desc")
    .limit(1)
    .executeTakeFirst();
  const rows = await trx
    .selectFrom("rollout")
    .select("deployment_id")
    .where("endpoint_id", "=", endpointId)
    .where("sort_at", "<", before)
    .where("ended_at", "<", before)
    .where("removed_since", "is not", null)
    .where("deployment_id", "!=", newest?.deployment_id ?? "")
    .orderBy("sort_at")
    .limit(rolloutsAtOnce)
    .execute();
  return rows.map((row) => row.deployment_id);
}

async function pruneRollout(
  trx: Transaction<Database>,
  endpointId: string,
  deploymentId: string,
): Promise<void> {
  for (const table of ["observation", "rollout"] as const) {
    await trx
      .deleteFrom(table)
      .where("endpoint_id", "=", endpointId)
      .where("deployment_id", "=", deploymentId)
      .execute();
  }
}

/** Keeps the last span before the bound too, because the gap after it reaches past the bound. */
async function pruneSpans(trx: Transaction<Database>, endpointId: string, before: Instant): Promise<number> {
  const kept = await trx
    .selectFrom("rollout")
    .select((eb) => eb.fn.min("first_observed_at").as("first"))
    .where("endpoint_id", "=", endpointId)
    .executeTakeFirst();
  const bound = Math.min(before, kept?.first ?? before);
  const old = await trx
    .selectFrom("watch_span")
    .select("from_at")
    .where("endpoint_id", "=", endpointId)
    .where("from_at", "<", bound)
    .orderBy("from_at")
    .limit(spansAtOnce)
    .execute();
  const going = old.slice(0, -1).map((row) => row.from_at);
  if (going.length === 0) return 0;
  await trx
    .deleteFrom("watch_span")
    .where("endpoint_id", "=", endpointId)
    .where("from_at", "in", going)
    .execute();
  return going.length;
}
