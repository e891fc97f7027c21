import "server-only";

import { randomUUID } from "node:crypto";

import {
  notificationListSchema,
  type ChannelTest,
  type ChannelView,
  type DeliveryView,
  type NotificationList,
  type SentAgain,
} from "@/lib/contract/notifications";
import { pagePaths } from "@/lib/contract/paths";
import { second } from "@/lib/domain/instant";
import { isOutageEvent, type NotableEvent } from "@/lib/domain/notable-event";
import { toNotificationText } from "@/lib/presentation/notification";
import { eventWord, ruleSentence } from "@/lib/presentation/rule-words";
import type { Person } from "@/lib/server/access/principal";
import type { Context } from "@/lib/server/context";
import type { Delivery } from "@/lib/server/db/delivery-list";
import { DeliveryFailure, type Channel } from "@/lib/server/notify/channel";
import { toExample } from "@/lib/server/notify/example";
import { openChannels } from "@/lib/server/notify/sender";

import { encode, type Answer } from "./answer";
import { changeAudited } from "./audit";
import { conflict, notFound } from "./errors";

const mostDeliveries = 200;

/** The channels with their rules, and the newest deliveries. */
export async function readNotifications(ctx: Context): Promise<Answer<NotificationList>> {
  const { settings, history, clock } = ctx;
  const channels = openChannels(settings.notifications.channels, settings.proxy);
  const deliveries = await history.deliveries.list({ limit: mostDeliveries });
  const mutes = await history.endpointMutes.list(clock().at);
  const body = {
    channels: channels.map((channel) => toChannelView(ctx, channel)),
    deliveries: deliveries.map(toDeliveryView),
    mutes: mutes.map(({ endpointId, until, by }) => ({ endpointId, until, by })),
  };
  return { ...encode(notificationListSchema, body), age: null, nextPollIn: 5 * second };
}

function toChannelView({ settings, clock }: Context, channel: Channel): ChannelView {
  const { name, type, place } = channel;
  const rules = settings.notifications.rules.filter((rule) => rule.channel === name);
  // The whole hour, so that the answer does not change with every poll.
  const hour = 3_600 * second;
  const example = toExample("msg_example", Math.floor(clock().at / hour) * hour, settings.publicUrl);
  const preview = JSON.stringify(channel.toMessage(example), null, 2);
  return { name, type, place, rules: rules.map(ruleSentence), preview };
}

function toDeliveryView(delivery: Delivery): DeliveryView {
  const { notificationId, channel, event, state, attempts, nextAttemptAt, error } = delivery;
  return {
    ...{ notificationId, channel, state, attempts, error },
    event: eventWord(event.kind),
    at: event.at,
    headline: toNotificationText(event).headline,
    link: toPath(event),
    nextAttemptAt: state === "waiting" && attempts > 0 ? nextAttemptAt : null,
  };
}

function toPath(event: NotableEvent): string {
  return isOutageEvent(event)
    ? pagePaths.fleet
    : pagePaths.rolloutAt(event.endpointId, event.deploymentId, event.at);
}

/** Sends a failed or muted delivery again. Throws conflict if it is neither. */
export async function sendAgain(
  ctx: Context,
  { person, delivery }: { person: Person; delivery: SentAgain },
): Promise<SentAgain> {
  const { notificationId, channel } = delivery;
  await changeAudited(
    ctx,
    { actor: person.account, action: "sent a notification again", about: channel },
    async ({ deliveries }) => {
      if (await deliveries.sendAgain({ notificationId, channel })) return;
      throw conflict("Only a notification that failed or was muted can be sent again.");
    },
  );
  return delivery;
}

/** Sends a test message to a channel, now and once. Throws not_found. */
export async function testChannel(
  { settings, clock, log }: Context,
  { person, name }: { person: Person; name: string },
): Promise<ChannelTest> {
  const wanted = settings.notifications.channels.filter((channel) => channel.name === name);
  const [channel] = openChannels(wanted, settings.proxy);
  if (channel === undefined) throw notFound("Channel");
  const example = toExample(`msg_${randomUUID()}`, clock().at, settings.publicUrl);
  try {
    await channel.deliver(example, { isRepeated: false, threadReceipt: null });
    log.info({ channel: name, actor: person.account }, "test notification sent");
    return { channel: name, problem: null };
  } catch (error) {
    if (!(error instanceof DeliveryFailure)) throw error;
    return { channel: name, problem: error.message };
  }
}
