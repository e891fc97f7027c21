import "server-only";

import { sql, type Transaction } from "kysely";

import type { Instant } from "@/lib/domain/instant";

import type { Correction } from "./recording";
import type { Database } from "./schema";

type Writer = Transaction<Database>;

/**
 * Moves rows that a fast clock recorded later than `latest` back to it. Observations keep their order, a millisecond
 * apart. Spans that began later are deleted, and the others end at `latest`. Rows older than `from` stay unchanged.
 * Repeating a correction changes nothing, not even rows that were recorded since.
 */
export async function writeCorrection(trx: Writer, correction: Correction): Promise<void> {
  if (await isDone(trx, correction)) return;
  await correctObservations(trx, correction);
  await correctSpans(trx, correction);
  await correctFacts(trx, correction);
  await nameGap(trx, correction);
}

/** The first instant that is moved. */
function toFirst({ from, latest }: Correction): Instant {
  return Math.max(from, latest + 1);
}

/** Whether the gap already has its cause and no span reaches the time that the fast clock showed. */
async function isDone(trx: Writer, { endpointId, until, latest, cause }: Correction): Promise<boolean> {
  const spans = await trx
    .selectFrom("watch_span")
    .select(["until_at", "broken_by_code", "broken_by_message"])
    .where("endpoint_id", "=", endpointId)
    .where((eb) => eb.or([eb("until_at", "=", latest), eb("until_at", ">=", until)]))
    .execute();
  return (
    spans.some((span) => span.broken_by_code === cause.code && span.broken_by_message === cause.message) &&
    spans.every((span) => span.until_at < until)
  );
}

async function correctObservations(trx: Writer, correction: Correction): Promise<void> {
  const { endpointId, latest } = correction;
  const first = toFirst(correction);
  const rows = await trx
    .selectFrom("observation")
    .select(["id", "deployment_id", "at", "not_before"])
    .where("endpoint_id", "=", endpointId)
    .where("at", ">=", first)
    .orderBy("at")
    .execute();
  const newest = new Map<string, Instant | null>();
  for (const { id, deployment_id: deployment, at: stamped, not_before: notBefore } of rows) {
    const former = newest.has(deployment)
      ? (newest.get(deployment) ?? null)
      : await readLast(trx, endpointId, deployment, first);
    const at = Math.max(Math.min(stamped, latest), former === null ? Number.NEGATIVE_INFINITY : former + 1);
    newest.set(deployment, at);
    const not_before = notBefore === null ? null : Math.min(notBefore, at - 1);
    await trx.updateTable("observation").set({ at, not_before }).where("id", "=", id).execute();
  }
}

async function readLast(
  trx: Writer,
  endpointId: string,
  deploymentId: string,
  before: Instant,
): Promise<Instant | null> {
  const row = await trx
    .selectFrom("observation")
    .select("at")
    .where("endpoint_id", "=", endpointId)
    .where("deployment_id", "=", deploymentId)
    .where("at", "<", before)
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.at ?? null;
}

async function correctSpans(trx: Writer, correction: Correction): Promise<void> {
  const { endpointId, latest } = correction;
  const first = toFirst(correction);
  await trx
    .deleteFrom("watch_span")
    .where("endpoint_id", "=", endpointId)
    .where("from_at", ">=", first)
    .execute();
  await trx
    .updateTable("watch_span")
    .set({ until_at: latest })
    .where("endpoint_id", "=", endpointId)
    .where("until_at", ">=", first)
    .execute();
}

async function correctFacts(trx: Writer, correction: Correction): Promise<void> {
  const { endpointId, latest } = correction;
  const first = toFirst(correction);
  const earlier = (column: string) =>
    sql<number>`case when ${sql.ref(column)} >= ${first} then ${latest} else ${sql.ref(column)} end`;
  await trx
    .updateTable("rollout")
    .set({
      first_observed_at: earlier("first_observed_at"),
      ended_at: earlier("ended_at"),
      error_since: earlier("error_since"),
      last_seen_at: earlier("last_seen_at"),
      removed_since: earlier("removed_since"),
      sort_at: sql<number>`case when created_at is null and sort_at >= ${first} then ${latest} else sort_at end`,
    })
    .where("endpoint_id", "=", endpointId)
    .where((eb) =>
      eb.or(
        (["first_observed_at", "ended_at", "error_since", "last_seen_at", "removed_since"] as const).map(
          (column) => eb(column, ">=", first),
        ),
      ),
    )
    .execute();
  await trx
    .updateTable("endpoint")
    .set({ removed_since: earlier("removed_since"), first_observed_at: earlier("first_observed_at") })
    .where("id", "=", endpointId)
    .execute();
}

/** Records the cause on the span that ends at `latest`, or on an empty span. */
async function nameGap(trx: Writer, { endpointId, latest, cause }: Correction): Promise<void> {
  const reason = { broken_by_code: cause.code, broken_by_message: cause.message };
  const { numUpdatedRows } = await trx
    .updateTable("watch_span")
    .set(reason)
    .where("endpoint_id", "=", endpointId)
    .where("until_at", "=", latest)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows > 0n) return;
  await trx
    .insertInto("watch_span")
    .values({ endpoint_id: endpointId, from_at: latest, until_at: latest, ...reason })
    .execute();
}
