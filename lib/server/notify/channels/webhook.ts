import "server-only";

import { Webhook } from "standardwebhooks";

import { isOutageEvent } from "@/lib/domain/notable-event";
import { toNotificationText } from "@/lib/presentation/notification";
import type { ChannelSettings } from "@/lib/server/config/channels";

import type { Channel, Outgoing } from "../channel";
import type { Post } from "../post";

/**
 * Signed messages as Standard Webhooks describe them. Source: github.com/standard-webhooks/standard-webhooks,
 * spec/standard-webhooks.md.
 */
export function openWebhook(settings: ChannelSettings & { type: "webhook" }, post: Post): Channel {
  const { name, type, url, secret } = settings;
  const webhook = new Webhook(secret);
  return {
    ...{ name, type, place: url.host, atOnce: 4, toMessage },
    wants: () => true,
    deliver: async (outgoing) => {
      const body = JSON.stringify(toMessage(outgoing));
      const now = new Date();
      const headers = {
        "webhook-id": outgoing.id,
        "webhook-timestamp": String(Math.floor(now.getTime() / 1_000)),
        "webhook-signature": webhook.sign(outgoing.id, now, body),
      };
      await post(url, { body, headers });
      return null;
    },
  };
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function toMessage({ event, link, muteLink }: Outgoing) {
  const { headline, detail } = toNotificationText(event);
  const text = { message: headline, detail, link, muteLink };
  const timestamp = iso(event.at);
  if (isOutageEvent(event)) {
    const { org, from, cause, endpointIds, endpointCount } = event;
    const outage = { org, since: iso(from), cause, endpoints: endpointIds, endpointCount };
    return { type: `endpoints.${event.kind}`, timestamp, data: { ...text, outage } };
  }
  const { endpointId, org, modelArch, deploymentId, previousVersion, display } = event;
  const { status, displayState, version, updatedReplicas, totalReplicas, errorMessage } = display;
  return {
    type: `rollout.${event.kind}`,
    timestamp,
    data: {
      ...text,
      endpoint: { id: endpointId, org, modelArch },
      rollout: {
        ...{ deploymentId, version, previousVersion, status, displayState },
        ...{ updatedReplicas, totalReplicas, errorMessage },
        startedAt: iso(display.startedAt),
        endedAt: iso(display.endedAt),
      },
    },
  };
}
