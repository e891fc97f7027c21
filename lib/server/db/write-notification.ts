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
  const isMuted = await areAllMuted(trx, event);
  await trx
    .insertInto("delivery")
    .values(
      destinations.map(({ channel, isQuiet, isSilent = false, thread }) => ({
        ...{ notification_id: id, channel, thread, at, attempts: 0, next_attempt_at: 0 },
        state: isQuiet || (isMuted && !isSilent) ? "muted" : "waiting",
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

/** Whether every endpoint of an event is muted. */
async function areAllMuted(trx: Transaction<Database>, event: Notification["event"]): Promise<boolean> {
  const endpointIds = isOutageEvent(event) ? event.endpointIds : [event.endpointId];
  // The other endpoints of a large outage are not named.
  if (isOutageEvent(event) && event.endpointCount > endpointIds.length) return false;
  const muted = await trx
    .selectFrom("endpoint_mute")
    .select("endpoint_id")
    .where("endpoint_id", "in", endpointIds)
    .where("until_at", ">", event.at)
    .execute();
  return endpointIds.length > 0 && muted.length === endpointIds.length;
}
