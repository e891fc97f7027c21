import * as z from "zod/mini";

import { instantSchema } from "./instant";
import { endpointMuteSchema } from "./mute";

/** A channel, the rules that send to it as sentences, and an example of its message. None of it holds a secret. */
const channelSchema = z.object({
  name: z.string(),
  type: z.string(),
  place: z.string(),
  rules: z.array(z.string()),
  /** The payload as indented JSON. */
  preview: z.string(),
});

/** One message to one channel. `link` is the path of what it is about. */
const deliverySchema = z.object({
  notificationId: z.string(),
  channel: z.string(),
  event: z.string(),
  at: instantSchema,
  headline: z.string(),
  link: z.string(),
  state: z.enum(["waiting", "sent", "failed", "muted"]),
  attempts: z.int(),
  /** Null unless it waits for another attempt. */
  nextAttemptAt: z.nullable(instantSchema),
  error: z.nullable(z.string()),
});

/** Channels, the newest deliveries, and muted endpoints in the order in which they are sent again. */
export const notificationListSchema = z.object({
  channels: z.array(channelSchema),
  deliveries: z.array(deliverySchema),
  /** Builds from before mutes leave it out. */
  mutes: z.optional(z.array(endpointMuteSchema)),
});

/** A delivery that is to be sent again. */
export const sentAgainSchema = z.object({ notificationId: z.string(), channel: z.string() });

/** What became of a test message: null if the receiver accepted it. */
export const channelTestSchema = z.object({ channel: z.string(), problem: z.nullable(z.string()) });

export type NotificationList = z.infer<typeof notificationListSchema>;
export type ChannelView = NotificationList["channels"][number];
export type DeliveryView = NotificationList["deliveries"][number];
export type SentAgain = z.infer<typeof sentAgainSchema>;
export type ChannelTest = z.infer<typeof channelTestSchema>;
