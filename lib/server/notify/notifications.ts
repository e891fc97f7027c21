import "server-only";

import { hour, second, type Duration, type Instant } from "@/lib/domain/instant";
import type { OpenOutage } from "@/lib/domain/outage-events";
import type { NotificationSettings } from "@/lib/server/config/notifications";
import type { OutboundProxy } from "@/lib/server/config/network";
import type { Acknowledgement } from "@/lib/server/db/acknowledgements";
import type { Entry } from "@/lib/server/db/recording";
import type { HistoryStore } from "@/lib/server/db/store";
import type { Log } from "@/lib/server/log";
import type { EndpointState } from "@/lib/server/state/endpoint-state";

import { createNotifier, type Habits } from "./notifier";
import type { QueueParts } from "./queue-parts";
import { createSender } from "./sender";

export type NotificationParts = {
  settings: NotificationSettings;
  proxy: OutboundProxy | null;
  publicUrl: URL;
  habits: Habits;
  /** The first wait after a failed attempt; by default 1 s. */
  firstBackOff?: Duration;
  /** Called after every attempt to deliver. */
  onAttempt?: QueueParts["onAttempt"];
};

/** How often outages and acknowledgements are looked for, at least. */
const longestCheck = 5 * second;
/** Acknowledgements from before this are not reported after a start. */
const acknowledgedWithin = hour;
const mostAcknowledgements = 100;

/** What one leader's term needs to notify people: a notifier for each organization, and the sender. Null without channels. */
export function createNotifications(
  given: NotificationParts | null,
  term: {
    deliveries: HistoryStore["deliveries"];
    acknowledgements: Pick<HistoryStore["acknowledgements"], "list">;
    fencingToken: number;
    now: () => Instant;
    log: Log;
    onLostLeadership: () => void;
  },
) {
  if (given === null) return null;
  const { settings, habits, ...way } = given;
  const sender = createSender({ channels: settings.channels, ...way, ...term });
  const notifiers = new Map<string | null, ReturnType<typeof createNotifier>>();
  let open: readonly OpenOutage[] = [];
  let timer: NodeJS.Timeout | undefined;

  /** None while the database does not answer: then a later check finds them. */
  async function readAcknowledged(): Promise<readonly Acknowledgement[]> {
    const newest = await term.acknowledgements.list(mostAcknowledgements).catch(() => []);
    return newest.filter(({ at }) => at > term.now() - acknowledgedWithin);
  }

  return {
    /**
     * Reads what was not finished before, and begins to send and to look for outages and acknowledgements, which `save`
     * writes. Rejects when the database does not answer.
     */
    start: async (save: (entries: readonly Entry[]) => void): Promise<void> => {
      open = await term.deliveries.openOutages();
      sender.start();
      const check = async (): Promise<void> => {
        const acknowledged = await readAcknowledged();
        const entries = [...notifiers.values()].flatMap((notifier) => [
          ...notifier.checkOutages(),
          ...notifier.afterAcknowledgements(acknowledged),
        ]);
        if (entries.length > 0) save(entries);
      };
      timer = setInterval(() => void check(), Math.min(longestCheck, settings.blindAfter / 4)).unref();
    },
    /** The notifier of an organization that is polled from now on. */
    notifierOf: (org: string | null, endpoints: () => readonly EndpointState[]) => {
      const notifier = createNotifier({
        ...{ org, endpoints, settings, habits, open, now: term.now },
        channels: sender.channels,
        onProgress: sender.follow,
      });
      notifiers.set(org, notifier);
      return notifier;
    },
    /** The organization is not polled any more. */
    forget: (org: string | null): void => {
      notifiers.delete(org);
    },
    wake: sender.wake,
    stop: async (): Promise<void> => {
      clearInterval(timer);
      await sender.stop();
    },
  };
}
