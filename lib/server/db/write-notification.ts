import "server-only";

import type { Transaction } from "kysely";

import { isOutageEvent, threadOf } from "@/lib/domain/notable-event";

import type { Notification } from "./recording";
import type { Database } from "./schema";

/** Error messages are kept as far as a message shows them. */
const mostErrorCharacters = 2_000;

/**
 * Adds a notification and its deliveries, once however often it is written. Deliveries in quiet hours and about muted
 * endpoints are kept, but not sent.
 */
export async function writeNotification(
  trx: Transaction<Database>,
  { id, event, destinations }: Notification,
): Promise<void> {
  const endpointId = isOutageEvent(event) ? null : event.endpointId;
  const { kind, at } = event;
  const row = {
    id,
    kind,
    endpoint_id: endpointId,
    thread: threadOf(event),
    at,
    event: JSON.stringify(toStored(event)),
  };
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto("notification")
    .values(row)
    .onConflict((conflict) => conflict.column("id").doNothing())
    .executeTakeFirst();
  if ((numInsertedOrUpdatedRows ?? 0n) === 0n || destinations.length === 0) return;
  const isMuted = endpointId !== null && (await isEndpointMuted(trx, endpointId, at));
  await trx
    .insertInto("delivery")
    .values(
      destinations.map(({ channel, isQuiet, thread }) => ({
        ...{ notification_id: id, channel, thread, at, attempts: 0, next_attempt_at: 0 },
        state: isMuted || isQuiet ? "muted" : "waiting",
      })),
    )
    .onConflict((conflict) => conflict.columns(["notification_id", "channel"]).doNothing())
    .execute();
}

function toStored(event: Notification["event"]): Notification["event"] {
  if (isOutageEvent(event)) return event;
  const errorMessage = event.display.errorMessage?.slice(0, mostErrorCharacters).toWellFormed() ?? null;
  return { ...event, display: { ...event.display, errorMessage } };
}

async function isEndpointMuted(trx: Transaction<Database>, endpointId: string, at: number): Promise<boolean> {
  const row = await trx
    .selectFrom("endpoint_mute")
    .select("endpoint_id")
    .where("endpoint_id", "=", endpointId)
    .where("until_at", ">", at)
    .executeTakeFirst();
  return row !== undefined;
}
