import "server-only";

import type { ChannelSettings } from "@/lib/server/config/channels";
import type { OutboundProxy } from "@/lib/server/config/network";

import type { Channel } from "./channel";
import { openGrafana } from "./channels/grafana";
import { openMail } from "./channels/mail";
import { openPagerDuty, openPagerDutyChanges } from "./channels/pagerduty";
import { openSlack } from "./channels/slack";
import { openSlackWebhook } from "./channels/slack-webhook";
import { openTeams } from "./channels/teams";
import { openWebhook } from "./channels/webhook";
import type { Post } from "./post";

/** The way out for messages. `signal` ends those under way. */
export type WayOut = { post: Post; proxy: OutboundProxy | null; signal: AbortSignal | undefined };

/** Opens a channel. It makes no connection until a message is sent. */
export function openChannel(settings: ChannelSettings, { post, proxy, signal }: WayOut): Channel {
  switch (settings.type) {
    case "slack":
      return openSlack(settings, post);
    case "slack-webhook":
      return openSlackWebhook(settings, post);
    case "webhook":
      return openWebhook(settings, post);
    case "teams":
      return openTeams(settings, post);
    case "mail":
      return openMail(settings, proxy, signal);
    case "pagerduty":
      return openPagerDuty(settings, post);
    case "pagerduty-changes":
      return openPagerDutyChanges(settings, post);
    case "grafana":
      return openGrafana(settings, post);
  }
}
