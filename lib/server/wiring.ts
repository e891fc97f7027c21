import "server-only";

import { hostname } from "node:os";

import { toBasePath } from "@/lib/contract/base-path";
import { minute, second } from "@/lib/domain/instant";
import { accessSecrets, describeAccess } from "@/lib/server/config/access";
import { readProcessSettings, type Settings } from "@/lib/server/config/settings";
import { proxySecrets } from "@/lib/server/config/network";
import { refuseToStart } from "@/lib/server/config/issues";
import { channelSecrets } from "@/lib/server/config/channels";
import { databaseSecrets } from "@/lib/server/config/database";
import { watchSettingsFile, type SettingsFileWatch } from "@/lib/server/config/watch-settings-file";
import { toDatabaseProblem } from "@/lib/server/db/database-problem";
import { openHistory, toUnreadable } from "@/lib/server/db/open-history";
import type { HistoryStore } from "@/lib/server/db/store";
import { standBeforeNext } from "@/lib/server/http/before-next";
import { createForeignHostLog } from "@/lib/server/http/reject-request";
import { countRequests } from "@/lib/server/http/count-requests";
import { boundConnections, connectionBounds } from "@/lib/server/http/bound-connections";
import { createLog, type Log } from "@/lib/server/log";
import { countUpstream, type UpstreamCount } from "@/lib/server/metrics/count-upstream";
import { createMetrics, type Metrics } from "@/lib/server/metrics/create-metrics";
import { timeWrite } from "@/lib/server/metrics/time-write";
import { createFirstAccount } from "@/lib/server/services/accounts";
import { createWaiters } from "@/lib/server/services/waiters";
import { createHabits } from "@/lib/server/services/habits";
import { startClockWatch } from "@/lib/server/poller/clock-watch";
import { pruneDaily } from "@/lib/server/poller/prune-daily";
import { createFollower } from "@/lib/server/leader/follower";
import { countRollouts } from "@/lib/server/state/count-rollouts";
import { createEndpointRegistry, type EndpointRegistry } from "@/lib/server/state/endpoint-registry";
import { createLeaderElection, type LeaderElection } from "@/lib/server/leader/leader-election";
import {
  createOrganizationMonitors,
  type OrganizationMonitor,
  type OrganizationMonitors,
  userAgent,
} from "@/lib/server/poller/organization-monitors";
import { createStatusPageClient } from "@/lib/server/upstream/status-page-client";
import { beginTerm } from "@/lib/server/leader/leader-term";

import { systemClock } from "./clock";
import { findContext, type Context } from "./context";
import { createContext } from "./create-context";
import { stopOnSignal } from "./stop-on-signal";

// On globalThis, because every copy of this module must see the same start (context.ts says why there are several).
declare global {
  var rollcallStart: Promise<void> | undefined;
}

/** Creates and starts everything, once per process. If it cannot, ends the process with a message. */
export async function startServer(): Promise<void> {
  if (globalThis.rollcallStart === undefined) {
    boundConnections(connectionBounds, () => findContext()?.settings.access.trustedProxies ?? null);
    if (readProcessSettings().settings?.metricsAccess !== "off") countRequests();
    standBeforeNext(createForeignHostLog(() => findContext()?.log ?? null));
  }
  globalThis.rollcallStart ??= start();
  await globalThis.rollcallStart;
}

async function start(): Promise<void> {
  const { settings, mistakes } = readProcessSettings();
  if (settings === null) return refuseToStart(mistakes);
  const clock = systemClock;
  const metrics = createMetrics({ isOn: settings.metricsAccess !== "off" });
  const upstreamCount = countUpstream(metrics, () => clock().tick);
  const monitors = await openMonitors(settings, {
    log: () => log,
    onCall: upstreamCount.note,
    onNewKey: () => election.retryFailing(),
  });
  const log = openLog(settings, monitors);
  const clockWatch = startClockWatch(clock, log);
  const history = await openHistory(settings.database, log);
  const waiters = createWaiters();
  const registry = createEndpointRegistry((former, next) => {
    waiters.wake(next.endpointId);
    if (globalThis.rollcallContext?.election.isLeader() === true) countRollouts(metrics, former, next);
  });
  registry.follow(settings.organizations);
  const parts: Parts = { settings, monitors, log, history, registry, metrics };
  const election = openElection(parts);
  stopOnSignal(election, waiters);
  await election
    .start()
    .then(() => createFirstAccount(settings, history))
    .catch((error: unknown) => refuseToStart([toUnreadable(settings.database, error)]));
  const settingsFile = followSettingsFile(parts, election);
  const { retention, accessRetention, deliveryRetention, trafficRetention } = settings;
  const kept = {
    ...{ keep: retention, keepAccess: accessRetention },
    ...{ keepDeliveries: deliveryRetention, keepTraffic: trafficRetention },
  };
  const onPruned = registry.noteChange;
  pruneDaily({ history, ...kept, clock, clockWatch, log, onPruned }, election.isLeader);
  globalThis.rollcallContext = createContext({
    ...{ settings, log, clock, clockWatch, monitors, election, history },
    ...{ metrics, upstreamCount, waiters },
    endpointStore: registry,
    settingsIssues: settingsFile.issues,
    pendingSettings: settingsFile.pending,
  });
  logStart(globalThis.rollcallContext);
}

/** So that a new rollout on a covered endpoint is seen within 15 s. */
const pollListing = 10 * second;

/** Aliases and sync statuses rarely change; a new deployment has them read at once. */
const readVersions = 10 * minute;

type Parts = {
  settings: Settings;
  monitors: OrganizationMonitors;
  log: Log;
  history: HistoryStore;
  registry: EndpointRegistry;
  metrics: Metrics;
};

/** Opens a monitor per organization, and reads its key. */
async function openMonitors(
  { organizations, upstreamUrl, metricsUrl, proxy, configFile }: Settings,
  late: { log: () => Log; onNewKey: () => void; onCall: UpstreamCount["note"] },
): Promise<OrganizationMonitors> {
  const monitors = createOrganizationMonitors({ upstreamUrl, metricsUrl, proxy, ...late });
  monitors.replace(organizations);
  await monitors.readKeys().catch((error: unknown) =>
    refuseToStart([
      {
        setting:
          configFile === null
            ? "CEREBRAS_MANAGEMENT_API_KEY_FILE"
            : "ROLLCALL_CONFIG names a settings file with a keyFile that cannot be used:",
        problem: error instanceof Error ? error.message : String(error),
      },
    ]),
  );
  return monitors;
}

/** The log, from which every secret is removed. */
function openLog({ database, access, proxy, notifications }: Settings, monitors: OrganizationMonitors): Log {
  const secrets = () => [
    ...monitors.secrets(),
    ...databaseSecrets(database),
    ...accessSecrets(access),
    ...proxySecrets(proxy),
    ...channelSecrets(notifications.channels),
  ];
  return createLog(secrets, (line) => process.stdout.write(line));
}

function openElection({ settings, monitors, log, history, registry, metrics }: Parts): LeaderElection {
  const { pollActive, pollIdle, pollCovered, maxRequestsPerMinute, database } = settings;
  const clock = systemClock;
  const { notifications, proxy, publicUrl, stallAfter, statusPage } = settings;
  const onAttempt = (channel: string, outcome: string) =>
    metrics.notifications.attempts.inc({ channel, outcome });
  const notify =
    notifications.channels.length === 0
      ? null
      : { settings: notifications, proxy, publicUrl, habits: createHabits(history, stallAfter), onAttempt };
  const statusPageClient =
    statusPage === null ? null : createStatusPageClient({ baseUrl: statusPage, userAgent, proxy });
  const election: LeaderElection = createLeaderElection({
    lease: history.lease,
    follower: createFollower({ history, registry, clock, log }),
    begin: (fencingToken) =>
      beginTerm(
        {
          cadence: { pollActive, pollIdle, pollCovered, pollListing, maxRequestsPerMinute, readVersions },
          monitors: monitors.all,
          ...{ history, registry, clock, log, election, notify },
          statusPage: statusPageClient,
          timed: (write) => timeWrite(metrics, write),
        },
        fencingToken,
      ),
    isAlone: database.engine === "sqlite",
    name: `${hostname()} ${process.pid}`,
    clock,
    log,
  });
  return election;
}

/** Applies changes of the settings file while Rollcall runs. */
function followSettingsFile(
  { settings, monitors, log, registry }: Parts,
  election: LeaderElection,
): SettingsFileWatch {
  const replaced = new Set<OrganizationMonitor>();
  return watchSettingsFile(settings, {
    log,
    toProblem: toDatabaseProblem,
    onChange: async (organizations) => {
      for (const monitor of monitors.replace(organizations)) replaced.add(monitor);
      registry.follow(organizations);
      await election.adapt();
      for (const monitor of replaced) {
        replaced.delete(monitor);
        await monitor.close();
      }
    },
  });
}

function logStart({ settings, election, log }: Context): void {
  const { publicUrl, organizations, access } = settings;
  log.info(
    {
      address: `${publicUrl.origin}${toBasePath(publicUrl)}`,
      organizations: organizations.map(({ org }) => org).filter((org) => org !== null),
      endpoints: organizations.flatMap(({ endpointIds }) => endpointIds).length,
    },
    `Rollcall ${election.isLeader() ? "is watching" : "stands by; another instance watches"}. ${describeAccess(access)}`,
  );
}
