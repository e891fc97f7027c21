import "server-only";

import type { Kysely, Transaction } from "kysely";

import { startOrder } from "@/lib/domain/rollout";

import { inTransaction } from "./transaction";
import { renewWithin } from "./lease";
import type {
  GapStart,
  Delisting,
  EndpointFacts,
  Entry,
  KeptReply,
  Recording,
  RolloutChange,
} from "./recording";
import { toObservationRow } from "./rows";
import type { Database } from "./schema";
import { writeCorrection } from "./write-correction";
import { writeNotification } from "./write-notification";

type Writer = Transaction<Database>;

/**
 * Writes entries in order, in one transaction: all of them or, when this throws, none. Throws LostLeadership when the
 * fencing token is no longer valid. Without a token no other process may be writing.
 */
export async function writeEntries(
  db: Kysely<Database>,
  entries: readonly Entry[],
  fencingToken: number | null = null,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    if (fencingToken !== null) await renewWithin(trx, fencingToken);
    for (const entry of entries) await writeEntry(trx, entry);
  });
}

async function writeEntry(trx: Writer, entry: Entry): Promise<void> {
  switch (entry.kind) {
    case "recording":
      return writeRecording(trx, entry);
    case "gapStart":
      return writeGapStart(trx, entry);
    case "delisting":
      return writeDelisting(trx, entry);
    case "correction":
      return writeCorrection(trx, entry);
    case "notification":
      return writeNotification(trx, entry);
  }
}

async function writeRecording(trx: Writer, recording: Recording): Promise<void> {
  const { endpointId, at, span } = recording;
  if (recording.endpoint) await upsertEndpoint(trx, recording.endpoint, at);
  await extendSpan(trx, endpointId, span.from, at);
  for (const rollout of recording.rollouts) await writeRollout(trx, endpointId, rollout);
  if (recording.reply) await upsertReply(trx, endpointId, recording.reply);
}

async function upsertEndpoint(trx: Writer, facts: EndpointFacts, at: number): Promise<void> {
  const row = {
    org: facts.org,
    model_arch: facts.modelArch,
    created_at: facts.createdAt,
    updated_at: facts.updatedAt,
    warnings: JSON.stringify(facts.warnings),
    removed_since: facts.removedSince,
  };
  await trx
    .insertInto("endpoint")
    .values({ id: facts.endpointId, first_observed_at: at, ...row })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
    .execute();
}

/** Extends the span that began at `from`, or opens it. Extending clears the cause of a gap. */
async function extendSpan(trx: Writer, endpointId: string, from: number, at: number): Promise<void> {
  const row = { until_at: at, broken_by_code: null, broken_by_message: null };
  const { numUpdatedRows } = await trx
    .updateTable("watch_span")
    .set(row)
    .where("endpoint_id", "=", endpointId)
    .where("from_at", "=", from)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows > 0) return;
  await ensureEndpoint(trx, endpointId, from);
  await trx
    .insertInto("watch_span")
    .values({ endpoint_id: endpointId, from_at: from, ...row })
    .execute();
}

/** After dropped entries or a restored backup the endpoint may be missing. */
async function ensureEndpoint(trx: Writer, endpointId: string, at: number): Promise<void> {
  await trx
    .insertInto("endpoint")
    .values({ id: endpointId, first_observed_at: at, warnings: "[]" })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
}

async function writeRollout(
  trx: Writer,
  endpointId: string,
  { facts, observation, replaces }: RolloutChange,
): Promise<void> {
  const row = {
    model: facts.model,
    version: facts.version,
    version_alias: facts.versionAlias,
    created_at: facts.createdAt,
    ended_at: facts.endedAt,
    error_since: facts.errorSince,
    last_seen_at: facts.removed?.lastSeenAt ?? null,
    removed_since: facts.removed?.since ?? null,
    sort_at: startOrder(facts),
  };
  const key = { endpoint_id: endpointId, deployment_id: facts.deploymentId };
  await trx
    .insertInto("rollout")
    .values({ ...key, first_observed_at: facts.firstObservedAt, ...row })
    .onConflict((conflict) => conflict.columns(["endpoint_id", "deployment_id"]).doUpdateSet(row))
    .execute();
  if (observation === null) return;
  const written = toObservationRow(endpointId, facts.deploymentId, observation);
  if (replaces !== undefined && (await replaceObservation(trx, written, replaces))) return;
  await trx
    .insertInto("observation")
    .values(written)
    // Only a retry after a commit whose answer was lost finds the row here already.
    .onConflict((conflict) => conflict.columns(["endpoint_id", "deployment_id", "at"]).doNothing())
    .execute();
}

/** Returns whether an observation of that instant was replaced. */
async function replaceObservation(
  trx: Writer,
  { endpoint_id, deployment_id, ...row }: ReturnType<typeof toObservationRow>,
  replaces: number,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("observation")
    .set(row)
    .where("endpoint_id", "=", endpoint_id)
    .where("deployment_id", "=", deployment_id)
    .where("at", "=", replaces)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

async function upsertReply(trx: Writer, endpointId: string, reply: KeptReply): Promise<void> {
  const row = {
    body: reply.body,
    is_shortened: Number(reply.isShortened),
    unread_fields: JSON.stringify(reply.unreadFields),
    field_use: reply.fieldUse === undefined ? null : JSON.stringify(reply.fieldUse),
  };
  await trx
    .insertInto("reply")
    .values({ endpoint_id: endpointId, ...row })
    .onConflict((conflict) => conflict.column("endpoint_id").doUpdateSet(row))
    .execute();
}

async function writeGapStart(trx: Writer, { endpointId, spanFrom, cause }: GapStart): Promise<void> {
  await trx
    .updateTable("watch_span")
    .set({ broken_by_code: cause.code, broken_by_message: cause.message })
    .where("endpoint_id", "=", endpointId)
    .where("from_at", "=", spanFrom)
    .execute();
}

async function writeDelisting(trx: Writer, { endpointId, removedSince }: Delisting): Promise<void> {
  await trx
    .updateTable("endpoint")
    .set({ removed_since: removedSince })
    .where("id", "=", endpointId)
    .execute();
}
