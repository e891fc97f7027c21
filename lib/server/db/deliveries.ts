import "server-only";

import type { ExpressionBuilder, Kysely, Transaction } from "kysely";
import * as z from "zod";

import { notableEventSchema } from "@/lib/contract/notable-event";
import type { Instant } from "@/lib/domain/instant";
import { isOutageEvent, type NotableEvent } from "@/lib/domain/notable-event";
import type { OpenOutage } from "@/lib/domain/outage-events";

import { instantOrNull, json } from "./columns";
import { renewWithin } from "./lease";
import type { Database } from "./schema";
import { inTransaction } from "./transaction";

export type DeliveryId = { notificationId: string; channel: string };

/** One attempt to deliver. `isRepeated`: an earlier attempt may have reached the receiver. */
export type DeliveryJob = DeliveryId & {
  event: NotableEvent;
  thread: string;
  /** This one included. */
  attempts: number;
  isRepeated: boolean;
  /** The receipt of the newest delivery of the same thread to this channel; null: none was sent yet. */
  threadReceipt: string | null;
};

export type Outcome =
  | { state: "sent"; receipt: string | null }
  | { state: "waiting"; error: string; nextAttemptAt: Instant }
  | { state: "failed"; error: string };

const jobRow = z.object({
  notification_id: z.string(),
  channel: z.string(),
  thread: z.string(),
  attempts: z.int(),
  attempted_at: instantOrNull,
  error: z.nullable(z.string()),
  event: json.pipe(notableEventSchema),
});

/** The outbox: deliveries that wait, and what became of the others. */
export function openDeliveries(db: Kysely<Database>) {
  return {
    /**
     * Begins an attempt of up to `most` deliveries that are due, oldest first, and of each thread only the oldest that
     * waits. Throws LostLeadership when another instance leads.
     */
    claim: async (input: {
      channel: string;
      now: Instant;
      most: number;
      fencingToken: number | null;
    }): Promise<DeliveryJob[]> =>
      inTransaction(db, async (trx) => {
        const { channel, now, most, fencingToken } = input;
        if (fencingToken !== null) await renewWithin(trx, fencingToken);
        const rows = await trx
          .selectFrom("delivery")
          .innerJoin("notification", "notification.id", "delivery.notification_id")
          .select([
            "notification_id",
            "channel",
            "delivery.thread",
            "attempts",
            "attempted_at",
            "error",
            "event",
          ])
          .where("channel", "=", channel)
          .where("state", "=", "waiting")
          .where("next_attempt_at", "<=", now)
          .where((eb) => eb.not(eb.exists(olderInThread(eb))))
          .orderBy("delivery.at")
          .orderBy("notification_id")
          .limit(most)
          .execute();
        const jobs: DeliveryJob[] = [];
        for (const each of rows) {
          const row = jobRow.safeParse(each).data;
          if (row === undefined) {
            await setFailed(
              trx,
              each.notification_id,
              channel,
              "Another version of Rollcall wrote this event.",
            );
            continue;
          }
          const { notification_id: notificationId, thread, event, attempts } = row;
          await trx
            .updateTable("delivery")
            .set({ attempts: attempts + 1, attempted_at: now })
            .where("notification_id", "=", notificationId)
            .where("channel", "=", channel)
            .execute();
          jobs.push({
            ...{ notificationId, channel, event, thread, attempts: attempts + 1 },
            // Sent again, its attempts count from 1, although earlier ones may have reached the receiver.
            isRepeated: row.attempted_at !== null,
            threadReceipt: await readReceipt(trx, channel, thread),
          });
        }
        return jobs;
      }),
    /** Writes what became of an attempt. */
    settle: async ({ notificationId, channel }: DeliveryId, outcome: Outcome): Promise<void> => {
      await db
        .updateTable("delivery")
        .set({
          state: outcome.state,
          error: outcome.state === "sent" ? null : outcome.error,
          ...(outcome.state === "sent" ? { receipt: outcome.receipt } : {}),
          ...(outcome.state === "waiting" ? { next_attempt_at: outcome.nextAttemptAt } : {}),
        })
        .where("notification_id", "=", notificationId)
        .where("channel", "=", channel)
        .execute();
    },
    /** When the next waiting delivery of a channel is due; null: none waits. */
    nextDue: async (channel: string): Promise<Instant | null> => {
      const row = await db
        .selectFrom("delivery")
        .select((eb) => eb.fn.min("next_attempt_at").as("next"))
        .where("channel", "=", channel)
        .where("state", "=", "waiting")
        .where((eb) => eb.not(eb.exists(olderInThread(eb))))
        .executeTakeFirst();
      return instantOrNull.parse(row?.next ?? null);
    },
    /** The receipt of the newest delivery of a thread; null: none was sent. */
    threadReceipt: (channel: string, thread: string): Promise<string | null> =>
      readReceipt(db, channel, thread),
    /** Outages that were recorded and whose end was not. */
    openOutages: async (): Promise<OpenOutage[]> => {
      const rows = await db
        .selectFrom("notification")
        .select("event")
        .where("kind", "=", "blind")
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom("notification as end")
                .select("end.id")
                .where("end.kind", "=", "seeing_again")
                .whereRef("end.thread", "=", "notification.thread"),
            ),
          ),
        )
        .orderBy("at", "desc")
        .limit(100)
        .execute();
      return rows.flatMap((row) => {
        const event = json.pipe(notableEventSchema).safeParse(row.event).data;
        return event !== undefined && isOutageEvent(event)
          ? [{ org: event.org, from: event.from, cause: event.cause }]
          : [];
      });
    },
    /** Deletes a batch of notifications from before an instant. Resolves with their number; 0: nothing is left. */
    prune: async (before: Instant): Promise<number> =>
      inTransaction(db, async (trx) => {
        const old = await trx
          .selectFrom("notification")
          .select("id")
          .where("at", "<", before)
          .orderBy("at")
          .limit(prunedAtOnce)
          .execute();
        const ids = old.map(({ id }) => id);
        if (ids.length === 0) return 0;
        await trx.deleteFrom("delivery").where("notification_id", "in", ids).execute();
        await trx.deleteFrom("notification").where("id", "in", ids).execute();
        return ids.length;
      }),
  };
}

const prunedAtOnce = 500;

async function setFailed(
  trx: Transaction<Database>,
  notificationId: string,
  channel: string,
  error: string,
): Promise<void> {
  await trx
    .updateTable("delivery")
    .set({ state: "failed", error })
    .where("notification_id", "=", notificationId)
    .where("channel", "=", channel)
    .execute();
}

/** How long a message that is still due keeps later ones of its thread waiting is bounded by its last attempt. */
function olderInThread(eb: ExpressionBuilder<Database, "delivery">) {
  return eb
    .selectFrom("delivery as older")
    .select("older.notification_id")
    .whereRef("older.channel", "=", "delivery.channel")
    .whereRef("older.thread", "=", "delivery.thread")
    .whereRef("older.at", "<", "delivery.at")
    .where("older.state", "=", "waiting");
}

async function readReceipt(db: Kysely<Database>, channel: string, thread: string): Promise<string | null> {
  const row = await db
    .selectFrom("delivery")
    .select("receipt")
    .where("channel", "=", channel)
    .where("thread", "=", thread)
    .where("receipt", "is not", null)
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.receipt ?? null;
}
