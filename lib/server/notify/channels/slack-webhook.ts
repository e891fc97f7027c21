import "server-only";

import type { ChannelSettings } from "@/lib/server/config/channels";

import type { Channel } from "../channel";
import type { Post } from "../post";
import { toSlackMessage } from "./slack-blocks";

/**
 * An incoming webhook of Slack. Its messages cannot be edited or threaded, so it sends beginnings, ends and bad news
 * only. Source: docs.slack.dev/messaging/sending-messages-using-incoming-webhooks.
 */
export function openSlackWebhook(settings: ChannelSettings & { type: "slack-webhook" }, post: Post): Channel {
  const { name, type, url } = settings;
  return {
    ...{ name, type, place: url.host, atOnce: 1, toMessage: toSlackMessage },
    wants: (kind) => kind !== "moving_again" && kind !== "acknowledged",
    deliver: async (outgoing) => {
      await post(url, { body: JSON.stringify({ ...toSlackMessage(outgoing), unfurl_links: false }) });
      return null;
    },
  };
}
