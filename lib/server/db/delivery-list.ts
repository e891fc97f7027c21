import "server-only";

import type { Kysely } from "kysely";
import * as z from "zod";

import { notableEventSchema } from "@/lib/contract/notable-event";
import type { Instant } from "@/lib/domain/instant";
import type { NotableEvent } from "@/lib/domain/notable-event";

import { instant, instantOrNull, json } from "./columns";
import { asHistory } from "./database-problem";
import type { DeliveryId } from "./deliveries";
import type { Database } from "./schema";

/**
 * `waiting` for its first or next attempt, `sent`, `failed` after the last attempt (an administrator can send it again),
 * `muted`: kept, but not to be sent.
 */
const deliveryStates = ["waiting", "sent", "failed", "muted"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export type Delivery = DeliveryId & {
  event: NotableEvent;
  state: DeliveryState;
  attempts: number;
  nextAttemptAt: Instant;
  attemptedAt: Instant | null;
  error: string | null;
};

const deliveryRow = z
  .object({
    notification_id: z.string(),
    channel: z.string(),
    attempts: z.int(),
    attempted_at: instantOrNull,
    error: z.nullable(z.string()),
    event: json.pipe(notableEventSchema),
    state: z.enum(deliveryStates),
    next_attempt_at: instant,
  })
  .transform((row): Delivery => ({
    ...{ notificationId: row.notification_id, channel: row.channel, event: row.event, state: row.state },
    ...{ attempts: row.attempts, nextAttemptAt: row.next_attempt_at, attemptedAt: row.attempted_at },
    error: row.error,
  }));

const countRow = z
  .object({ channel: z.string(), state: z.enum(["waiting", "failed"]), count: instant, oldest: instant })
  .transform(({ oldest, ...row }) => ({ ...row, oldestAt: oldest }));

/** What became of deliveries, for administrators. */
export function openDeliveryList(db: Kysely<Database>) {
  return {
    /** Newest first; `before` continues after a delivery. */
    list: asHistory(
      async (filter: {
        limit: number;
        state?: DeliveryState | undefined;
        channel?: string | undefined;
        before?: (DeliveryId & { at: Instant }) | undefined;
      }): Promise<Delivery[]> => {
        const { limit, state, channel, before } = filter;
        let query = db
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
          .select(["state", "next_attempt_at"]);
        if (state !== undefined) query = query.where("state", "=", state);
        if (channel !== undefined) query = query.where("channel", "=", channel);
        if (before !== undefined)
          query = query.where((eb) =>
            eb(
              eb.refTuple("delivery.at", "notification_id", "channel"),
              "<",
              eb.tuple(before.at, before.notificationId, before.channel),
            ),
          );
        const rows = await query
          .orderBy("delivery.at", "desc")
          .orderBy("notification_id", "desc")
          .orderBy("channel", "desc")
          .limit(limit)
          .execute();
        // Events that another version wrote cannot be worded here.
        return rows.flatMap((row) => deliveryRow.safeParse(row).data ?? []);
      },
    ),
    /** How many deliveries of these channels wait or failed, and when the oldest event of those was. */
    count: asHistory(
      async (
        channels: readonly string[],
      ): Promise<{ channel: string; state: "waiting" | "failed"; count: number; oldestAt: Instant }[]> => {
        if (channels.length === 0) return [];
        const rows = await db
          .selectFrom("delivery")
          .select([
            "channel",
            "state",
            (eb) => eb.fn.countAll().as("count"),
            (eb) => eb.fn.min("at").as("oldest"),
          ])
          .where("channel", "in", channels)
          .where("state", "in", ["waiting", "failed"])
          .groupBy(["channel", "state"])
          .execute();
        return rows.map((row) => countRow.parse(row));
      },
    ),
    /** Makes a failed or muted delivery wait again. False if there is none. */
    sendAgain: asHistory(async ({ notificationId, channel }: DeliveryId): Promise<boolean> => {
      const { numUpdatedRows } = await db
        .updateTable("delivery")
        .set({ state: "waiting", attempts: 0, next_attempt_at: 0 })
        .where("notification_id", "=", notificationId)
        .where("channel", "=", channel)
        .where("state", "in", ["failed", "muted"])
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    }),
  };
}
