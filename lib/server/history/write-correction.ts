import "server-only";

import { sql, type Transaction } from "kysely";

import type { Instant } from "@/lib/domain/instant";

import type { Correction } from "./recording";
import type { Database } from "./schema";

type Writer = Transaction<Database>;

/**
 * Brings what is stamped later than `latest` back to it, after the clock was set back: observations keep their
 * order, a millisecond apart; of spans those that began later go, and the others end there. Doing it again
 * changes nothing.
 */
export async function writeCorrection(trx: Writer, correction: Correction): Promise<void> {
  await correctObservations(trx, correction);
  await correctSpans(trx, correction);
  await correctFacts(trx, correction);
  await nameGap(trx, correction);
}

async function correctObservations(trx: Writer, { endpointId, latest }: Correction): Promise<void> {
  const rows = await trx
    .selectFrom("observation")
    .select(["id", "deployment_id", "at", "not_before"])
    .where("endpoint_id", "=", endpointId)
    .where("at", ">", latest)
    .orderBy("at")
    .execute();
  const newest = new Map<string, Instant | null>();
  for (const { id, deployment_id: deployment, at: stamped, not_before: notBefore } of rows) {
    const former = newest.has(deployment)
      ? (newest.get(deployment) ?? null)
      : await readLast(trx, endpointId, deployment, latest);
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
  latest: Instant,
): Promise<Instant | null> {
  const row = await trx
    .selectFrom("observation")
    .select("at")
    .where("endpoint_id", "=", endpointId)
    .where("deployment_id", "=", deploymentId)
    .where("at", "<=", latest)
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.at ?? null;
}

async function correctSpans(trx: Writer, { endpointId, latest }: Correction): Promise<void> {
  await trx
    .deleteFrom("watch_span")
    .where("endpoint_id", "=", endpointId)
    .where("from_at", ">", latest)
    .execute();
  await trx
    .updateTable("watch_span")
    .set({ until_at: latest })
    .where("endpoint_id", "=", endpointId)
    .where("until_at", ">", latest)
    .execute();
}

async function correctFacts(trx: Writer, { endpointId, latest }: Correction): Promise<void> {
  const earlier = (column: string) =>
    sql<number>`case when ${sql.ref(column)} > ${latest} then ${latest} else ${sql.ref(column)} end`;
  await trx
    .updateTable("rollout")
    .set({
      first_observed_at: earlier("first_observed_at"),
      ended_at: earlier("ended_at"),
      error_since: earlier("error_since"),
      last_seen_at: earlier("last_seen_at"),
      gone_since: earlier("gone_since"),
      sort_at: sql<number>`case when created_at is null and sort_at > ${latest} then ${latest} else sort_at end`,
    })
    .where("endpoint_id", "=", endpointId)
    .where((eb) =>
      eb.or(
        (["first_observed_at", "ended_at", "error_since", "last_seen_at", "gone_since"] as const).map(
          (column) => eb(column, ">", latest),
        ),
      ),
    )
    .execute();
  await trx
    .updateTable("endpoint")
    .set({ gone_since: earlier("gone_since"), first_observed_at: earlier("first_observed_at") })
    .where("id", "=", endpointId)
    .execute();
}

/** What is left of watching until `latest` says why it broke off. */
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
