import "server-only";

import type { ChannelSettings } from "@/lib/server/config/channels";

import type { Channel } from "./channel";
import { openSlack } from "./channels/slack";
import { openSlackWebhook } from "./channels/slack-webhook";
import { openWebhook } from "./channels/webhook";
import type { Post } from "./post";

/** Opens a channel. It makes no connection until a message is sent. */
export function openChannel(settings: ChannelSettings, post: Post): Channel {
  switch (settings.type) {
    case "slack":
      return openSlack(settings, post);
    case "slack-webhook":
      return openSlackWebhook(settings, post);
    case "webhook":
      return openWebhook(settings, post);
  }
}
