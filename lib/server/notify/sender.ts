import "server-only";

import { setTimeout } from "node:timers/promises";

import { pagePaths } from "@/lib/contract/paths";
import { second, type Duration, type Instant } from "@/lib/domain/instant";
import {
  isOutageEvent,
  onlyEndpointOf,
  type NotableEvent,
  type RolloutEvent,
} from "@/lib/domain/notable-event";
import type { ChannelSettings } from "@/lib/server/config/channels";
import type { OutboundProxy } from "@/lib/server/config/network";
import type { HistoryStore } from "@/lib/server/db/store";
import type { Log } from "@/lib/server/log";

import type { Channel, Outgoing } from "./channel";
import { createChannelQueue } from "./channel-queue";
import { openChannel } from "./open-channels";
import { createPost } from "./post";
import type { QueueParts } from "./queue-parts";

const userAgent = "Rollcall/0.1";
/** A message under way is interrupted after this, so that the shutdown is in time. */
const stopWithin: Duration = second;

/** Sends what waits in the outbox, while this instance leads. No channel waits for another one. */
export function createSender(parts: {
  channels: readonly ChannelSettings[];
  proxy: OutboundProxy | null;
  publicUrl: URL;
  deliveries: HistoryStore["deliveries"];
  fencingToken: number | null;
  now: () => Instant;
  log: Log;
  onLostLeadership: () => void;
  firstBackOff?: Duration;
  onAttempt?: QueueParts["onAttempt"];
}) {
  const { proxy, publicUrl, ...others } = parts;
  const interruption = new AbortController();
  const channels = openChannels(parts.channels, proxy, interruption.signal);
  const toOutgoing = (id: string, event: NotableEvent) => ({ id, event, ...toLinks(publicUrl, event) });
  const queues = channels.map((channel) => createChannelQueue({ ...others, channel, toOutgoing }));
  return {
    channels,
    start: (): void => queues.forEach((queue) => queue.start()),
    /** Call this when the outbox has something new. */
    wake: (): void => queues.forEach((queue) => queue.wake()),
    follow: (event: RolloutEvent): void => {
      for (const queue of queues) {
        queue.follow(event);
        queue.wake();
      }
    },
    stop: async (): Promise<void> => {
      const stopped = Promise.all(queues.map((queue) => queue.stop()));
      await Promise.race([stopped, setTimeout(stopWithin, undefined, { ref: false })]);
      interruption.abort();
      await stopped;
    },
  };
}

/** The channels of the settings. */
export function openChannels(
  settings: readonly ChannelSettings[],
  proxy: OutboundProxy | null,
  signal?: AbortSignal,
): Channel[] {
  const post = createPost(proxy, userAgent, signal);
  return settings.map((each) => openChannel(each, { post, proxy, signal }));
}

function toLinks(publicUrl: URL, event: NotableEvent): Pick<Outgoing, "link" | "muteLink"> {
  const endpointId = onlyEndpointOf(event);
  const muteLink = endpointId === null ? null : new URL(pagePaths.mute(endpointId), publicUrl).href;
  return { link: toLink(publicUrl, event), muteLink };
}

/** Where a message leads: the rollout's permanent page at that moment, or the fleet. */
function toLink(publicUrl: URL, event: NotableEvent): string {
  if (isOutageEvent(event)) return new URL(pagePaths.fleet, publicUrl).href;
  return new URL(pagePaths.rolloutAt(event.endpointId, event.deploymentId, event.at), publicUrl).href;
}
