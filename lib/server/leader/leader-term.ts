import "server-only";

import type { HistoryStore } from "@/lib/server/db/store";
import type { Log } from "@/lib/server/log";
import type { MetricsClient } from "@/lib/server/upstream/metrics-client";
import type { UpstreamClient } from "@/lib/server/upstream/client";

import type { Clock } from "@/lib/server/clock";
import type { EndpointRegistry } from "@/lib/server/state/endpoint-registry";
import type { EndpointState } from "@/lib/server/state/endpoint-state";
import { createStateLoader } from "@/lib/server/poller/state-loader";
import { createOwnership } from "@/lib/server/state/ownership";
import { createPublisher } from "./publisher";
import { createNotifications, type NotificationParts } from "@/lib/server/notify/notifications";
import { createHistoryWriter } from "@/lib/server/poller/history-writer";
import type { LeaderElection, LeaderTerm } from "./leader-election";
import { organizationName } from "@/lib/server/state/endpoint-registry";
import type { OrganizationMonitor } from "@/lib/server/poller/organization-monitors";
import type { WatchSettings } from "@/lib/server/poller/watch-settings";
import { createStatusPagePoller } from "@/lib/server/poller/status-page-poller";
import type { StatusPageClient } from "@/lib/server/upstream/status-page-client";
import { createTrafficPoller, type TrafficPoller } from "@/lib/server/poller/traffic-poller";
import { createWatcher } from "@/lib/server/poller/watcher";

type Watcher = ReturnType<typeof createWatcher>;

/** The organization and client that a poller needs. Another object is another monitor. */
export type MonitoredOrganization = Pick<OrganizationMonitor, "organization"> & {
  client: Pick<
    UpstreamClient,
    "readEndpoint" | "listEndpoints" | "listVersions" | "readVersion" | "findHold"
  >;
  metrics?: Pick<MetricsClient, "readMinute"> | null;
};

/**
 * What the leader runs under one fencing token: a poller for each organization, one history writer and one publisher.
 * They poll, write and publish only while the token is valid.
 */
export function beginTerm(
  parts: {
    cadence: Omit<WatchSettings, "org" | "endpointIds">;
    monitors: () => readonly MonitoredOrganization[];
    history: HistoryStore;
    registry: EndpointRegistry;
    clock: Clock;
    log: Log;
    election: Pick<LeaderElection, "mayAsk" | "lose">;
    /** Null: no channel is set up. */
    notify?: NotificationParts | null;
    /** The provider's status page; null: it is never asked. */
    statusPage?: Pick<StatusPageClient, "readIncidents"> | null;
    /** Measures a write to history. */
    timed?: (write: Promise<void>) => Promise<void>;
  },
  fencingToken: number,
): LeaderTerm {
  const { cadence, monitors, history, registry, clock, log, election } = parts;
  const timed = parts.timed ?? ((write: Promise<void>) => write);
  const watchers = new Map<MonitoredOrganization, Watcher>();
  const trafficPollers = new Map<MonitoredOrganization, TrafficPoller>();
  const statusPagePoller =
    parts.statusPage == null
      ? null
      : createStatusPagePoller({
          ...{ client: parts.statusPage, store: registry, mayAsk: election.mayAsk, clock, log },
        });
  const loader = createStateLoader({ history, interval: cadence.pollIdle, clock });
  const { isElsewhere } = createOwnership(monitors, registry);
  /** States that an organization has just given up, until the new owner takes them. */
  const orphans = new Map<string, EndpointState>();
  let isStopped = false;
  let started: Promise<void> = Promise.resolve();
  const notifications = createNotifications(parts.notify ?? null, {
    ...{ deliveries: history.deliveries, acknowledgements: history.acknowledgements },
    ...{ fencingToken, log, now: () => clock().at },
    onLostLeadership: () => election.lose(fencingToken),
  });
  const historyWriter = createHistoryWriter(
    async (entries) => {
      await timed(history.write(entries, fencingToken));
      if (entries.some(({ kind }) => kind === "notification")) notifications?.wake();
    },
    (error) => {
      log.error({ err: error }, "history write failed");
    },
    () => election.lose(fencingToken),
    ({ entry, error }) => {
      log.error(
        { endpoint: entry.endpointId, err: error },
        "history entry rejected by the database, skipped",
      );
    },
  );
  const publisher = createPublisher({
    snapshots: history.snapshots,
    ...{ registry, clock, fencingToken, log },
    isSaved: () => historyWriter.outage() === null,
  });

  /** The poller of an organization, made once; undefined if the organization was removed. */
  function toWatcher(monitor: MonitoredOrganization): Watcher | undefined {
    const known = watchers.get(monitor);
    const { organization, client } = monitor;
    const name = organizationName(organization);
    const endpointStore = registry.of(name);
    if (known !== undefined || endpointStore === undefined) return known;
    const watcher = createWatcher({
      ...{
        settings: { ...cadence, ...organization },
        client,
        loader,
        historyWriter,
        endpointStore,
        clock,
        log,
      },
      mayAsk: election.mayAsk,
      ...(notifications === null
        ? {}
        : { notifier: notifications.notifierOf(organization.org, endpointStore.all) }),
      others: {
        isElsewhere: (endpointId) => isElsewhere(endpointId, name),
        takeOver: (endpointId) => registry.take(endpointId, name) ?? orphans.get(endpointId),
      },
    });
    watchers.set(monitor, watcher);
    return watcher;
  }

  /** Begins to poll the Metrics API of each organization that has one, and stops where there is none any more. */
  async function adaptTraffic(): Promise<void> {
    const wanted = new Set(monitors());
    const unwanted = [...trafficPollers].filter(([monitor]) => !wanted.has(monitor));
    for (const [monitor] of unwanted) trafficPollers.delete(monitor);
    await Promise.all(unwanted.map(([, poller]) => poller.stop()));
    for (const monitor of wanted) {
      if (isStopped || monitor.metrics == null || trafficPollers.has(monitor)) continue;
      const org = organizationName(monitor.organization);
      const poller = createTrafficPoller({
        ...{ org, client: monitor.metrics, clock, log, mayAsk: election.mayAsk },
        isWatched: (endpointId) => registry.of(org)?.get(endpointId) !== undefined,
        traffic: {
          readSources: history.traffic.readSources,
          record: (recording) => history.traffic.record(recording, fencingToken),
        },
        onLost: () => election.lose(fencingToken),
      });
      trafficPollers.set(monitor, poller);
      poller.begin();
    }
  }

  function pollSoon(endpointId: string): void {
    for (const watcher of watchers.values()) watcher.pollSoon(endpointId);
  }

  async function load(): Promise<void> {
    await loader.readOwners();
    await notifications?.start((entries) => void historyWriter.save(entries, clock().at));
    for (const monitor of monitors()) if (!isStopped) await toWatcher(monitor)?.start();
    await adaptTraffic();
    if (!isStopped) statusPagePoller?.begin();
    const failure = loader.failure();
    if (failure !== null) throw failure;
  }

  async function stopUnwanted(): Promise<void> {
    const wanted = new Set(monitors());
    const unwanted = [...watchers].filter(([monitor]) => !wanted.has(monitor));
    for (const [monitor] of unwanted) {
      watchers.delete(monitor);
      notifications?.forget(monitor.organization.org);
    }
    await Promise.all(unwanted.map(([, watcher]) => watcher.stop()));
  }

  return {
    publisher,
    start: () => {
      started = load();
      return started;
    },
    adapt: async () => {
      await started.catch(() => undefined);
      await stopUnwanted();
      if (isStopped) return;
      const current = monitors().map(toWatcher);
      // All pollers give up what is no longer theirs before any of them claims it.
      for (const watcher of current)
        for (const endpointState of watcher?.shed() ?? [])
          orphans.set(endpointState.endpointId, endpointState);
      for (const watcher of current) watcher?.begin();
      orphans.clear();
      publisher.beginAgain();
      await adaptTraffic();
    },
    stop: async () => {
      isStopped = true;
      const pollers = [...watchers.values(), ...trafficPollers.values()];
      await Promise.all([
        notifications?.stop(),
        statusPagePoller?.stop(),
        ...pollers.map((poller) => poller.stop()),
      ]);
    },
    outage: historyWriter.outage,
    pollSoon,
    takeEarlyPolls: async () => {
      for (const endpointId of await history.earlyPolls.take()) pollSoon(endpointId);
    },
    retryFailing: () => {
      for (const watcher of watchers.values()) watcher.retryFailing();
      for (const poller of trafficPollers.values()) poller.retry();
    },
  };
}
