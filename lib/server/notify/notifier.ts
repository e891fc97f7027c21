import "server-only";

import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";

import type { Duration, Instant } from "@/lib/domain/instant";
import { isOutageEvent, threadOf, type NotableEvent, type RolloutEvent } from "@/lib/domain/notable-event";
import { toDestinations } from "@/lib/domain/notification-rule";
import { findOutageEvents, type OpenOutage, type WatchedEndpoint } from "@/lib/domain/outage-events";
import type { Habit } from "@/lib/domain/past-rollout";
import { findRolloutEvents, toAcknowledgedEvent, type FoundEvent } from "@/lib/domain/rollout-events";
import { conditionSentence } from "@/lib/presentation/condition-sentence";
import type { NotificationSettings } from "@/lib/server/config/notifications";
import type { Acknowledgement } from "@/lib/server/db/acknowledgements";
import type { Entry } from "@/lib/server/db/recording";
import type { EndpointState } from "@/lib/server/state/endpoint-state";

import type { Channel } from "./channel";

/** How long a poll waits for the endpoint's past, once after a start. */
const patience: Duration = 500;

export type Habits = {
  known: (endpointState: EndpointState) => Habit;
  readFirst: (endpointState: EndpointState) => Promise<unknown> | null;
};

/**
 * Finds what people are notified about in the polls of one organization. `open` are the outages that were reported
 * before the start. `onProgress` receives rollouts that move without an event.
 */
export function createNotifier(parts: {
  org: string | null;
  endpoints: () => readonly EndpointState[];
  settings: Pick<NotificationSettings, "rules" | "blindAfter">;
  channels: readonly Pick<Channel, "name" | "wants" | "isSilent" | "toThread">[];
  habits: Habits;
  open: readonly OpenOutage[];
  now: () => Instant;
  onProgress: (event: RolloutEvent) => void;
}) {
  const { org, endpoints, settings, channels, habits, now, onProgress } = parts;
  const byName = new Map(channels.map((channel) => [channel.name, channel]));
  const holding = new Map<string, ReadonlySet<string>>();
  /** Acknowledgements that are entries already, by their ids. */
  const noted = new Set<string>();
  let open = parts.open.filter((outage) => outage.org === org);

  function toEntry(event: NotableEvent): Entry[] {
    const destinations = toDestinations(settings.rules, event).flatMap((destination) => {
      const channel = byName.get(destination.channel);
      if (channel?.wants(event.kind) !== true) return [];
      const isSilent = channel.isSilent?.(event) ?? false;
      const thread = channel.toThread?.(event) ?? threadOf(event);
      return [{ channel: channel.name, thread, isSilent, isQuiet: destination.isQuiet && !isSilent }];
    });
    // An outage is also recorded where no channel wants it, so that its end is known after a restart.
    if (destinations.length === 0 && !isOutageEvent(event)) return [];
    const endpointId = isOutageEvent(event) ? (event.endpointIds[0] ?? "") : event.endpointId;
    return [{ kind: "notification", endpointId, id: toNotificationId(event), event, destinations }];
  }

  return {
    afterAnswer: async (former: EndpointState, next: EndpointState): Promise<Entry[]> => {
      if (next.picture === null) return [];
      await Promise.race([habits.readFirst(next), setTimeout(patience, undefined, { ref: false })]);
      const found = findRolloutEvents({
        former: withOrganization(former.picture, org),
        next: withOrganization(next.picture, org),
        habit: habits.known(next),
        holding: holding.get(next.endpointId) ?? null,
      });
      holding.set(next.endpointId, found.holding);
      found.progress.map(toWorded).forEach(onProgress);
      return found.events.map(toWorded).flatMap(toEntry);
    },
    /** What follows from acknowledgements. Those that were given here before, and those of other endpoints, are ignored. */
    afterAcknowledgements: (all: readonly Acknowledgement[]): Entry[] =>
      endpoints().flatMap((endpointState) => {
        const { endpointId, picture } = endpointState;
        if (picture === null) return [];
        return all.flatMap((acknowledgement) => {
          if (acknowledgement.endpointId !== endpointId) return [];
          const habit = habits.known(endpointState);
          const event = toAcknowledgedEvent(withOrganization(picture, org), acknowledgement, habit);
          if (event === null || noted.has(event.key)) return [];
          noted.add(event.key);
          return toEntry(toWorded(event));
        });
      }),
    /** The outages that have lasted long enough by now, and those that have ended. Call it every few seconds. */
    checkOutages: (): Entry[] => {
      const after = settings.blindAfter;
      const found = findOutageEvents({
        org,
        open,
        now: now(),
        after,
        endpoints: endpoints().flatMap(toWatched),
      });
      open = found.open;
      return found.events.flatMap(toEntry);
    },
  };
}

/** A reply that does not name the organization comes from the one that was asked. */
function withOrganization<T extends NonNullable<EndpointState["picture"]> | null>(
  picture: T,
  org: string | null,
): T {
  return picture === null
    ? picture
    : { ...picture, facts: { ...picture.facts, org: picture.facts.org ?? org } };
}

function toWatched({ endpointId, picture, isFromHistory, failures }: EndpointState): WatchedEndpoint[] {
  if (picture === null || picture.facts.removedSince !== null) return [];
  return [
    {
      endpointId,
      lastSeenAt: picture.span.until,
      seenSince: picture.span.from,
      isConfirmed: !isFromHistory,
      failures,
    },
  ];
}

function toWorded({ condition, ...event }: FoundEvent): RolloutEvent {
  const conclusion =
    condition === null ? null : { since: condition.since, sentence: conditionSentence(condition) };
  return { ...event, conclusion };
}

/** The id under which receivers know an event. Standard Webhooks sign it with a full stop after it, so it has none. */
function toNotificationId({ key }: Pick<NotableEvent, "key">): string {
  return `msg_${createHash("sha256").update(key).digest("base64url").slice(0, 32)}`;
}
