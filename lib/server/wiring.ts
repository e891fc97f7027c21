import "server-only";

import { hostname } from "node:os";
import { setTimeout as wait } from "node:timers/promises";

import { second } from "@/lib/domain/instant";
import { createBlockedKeys, type BlockedKeys } from "@/lib/server/access/blocked-keys";
import { createRateLimit } from "@/lib/server/access/rate-limit";
import { createRejectionSummary } from "@/lib/server/access/rejection-summary";
import { accessSecrets, describeAccess, toHandshakeSecret } from "@/lib/server/config/access";
import { readProcessSettings, type Settings } from "@/lib/server/config/settings";
import { proxySecrets } from "@/lib/server/config/network";
import { refuseToStart } from "@/lib/server/config/issues";
import { databaseSecrets } from "@/lib/server/config/database";
import { watchSettingsFile, type SettingsFileWatch } from "@/lib/server/config/watch-settings-file";
import { toDatabaseProblem } from "@/lib/server/db/database-problem";
import { openHistory, toUnreadable } from "@/lib/server/db/open-history";
import { standBeforeNext } from "@/lib/server/http/before-next";
import { createForeignHostLog } from "@/lib/server/http/reject-request";
import { boundConnections, connectionBounds } from "@/lib/server/http/bound-connections";
import { createLog, type Log } from "@/lib/server/log";
import { makeFirstAccount } from "@/lib/server/services/first-account";
import { createSchedule } from "@/lib/server/services/poll-schedule";
import { systemClock, type Clock } from "./clock";
import { startClockWatch, type ClockWatch } from "@/lib/server/poller/clock-watch";
import { pruneDaily } from "@/lib/server/poller/prune-daily";
import { createFollower } from "@/lib/server/leader/follower";
import { createEndpointRegistry, type EndpointRegistry } from "@/lib/server/state/endpoint-registry";
import { createLeaderElection, type LeaderElection } from "@/lib/server/leader/leader-election";
import {
  createOrganizationMonitors,
  type OrganizationMonitor,
  type OrganizationMonitors,
} from "@/lib/server/poller/organization-monitors";
import { beginTerm } from "@/lib/server/leader/leader-term";

import { openForViewers, type ForViewers } from "./wiring-for-viewers";

/** Everything that lives as long as the process, made once. */
export type Rollcall = ForViewers & {
  settings: Settings;
  log: Log;
  clock: Clock;
  clockWatch: ClockWatch;
  /** Everything that is watched, read as one. */
  endpointStore: EndpointRegistry;
  monitors: OrganizationMonitors;
  /** What is wrong with the settings file now; null where nothing is, or where there is none. */
  settingsIssues: SettingsFileWatch["issues"];
  /** Why the settings file that was read last is not in force yet; null where it is. */
  pendingSettings: SettingsFileWatch["pending"];
  election: LeaderElection;
  schedule: ReturnType<typeof createSchedule>;
  /** How often each visitor asked lately. */
  rateLimit: ReturnType<typeof createRateLimit>;
  /** Limits on passwords that the database reported as reached a moment ago. */
  blockedGuesses: BlockedKeys;
  /** Refused sign-ins that the audit log holds as sums. */
  refusals: ReturnType<typeof createRejectionSummary>;
  /** Seals what a sign-in with an identity provider leaves in the browser until it comes back. */
  handshakeSecret: string;
};

// Instrumentation, route handlers and pages each load their own copy of this module; only
// globalThis is common to them.
declare global {
  var rollcallInstance: Promise<Rollcall> | undefined;
  var rollcallStarted: Rollcall | undefined;
}

/** The running instance. Throws before `startServer` has finished. */
export function rollcall(): Rollcall {
  if (globalThis.rollcallStarted === undefined) throw new Error("Rollcall has not started yet.");
  return globalThis.rollcallStarted;
}

/** Whether `rollcall()` may be called. */
export function hasStarted(): boolean {
  return globalThis.rollcallStarted !== undefined;
}

/** Makes and starts everything, once per process. Ends the process with a message when it cannot. */
export async function startServer(): Promise<void> {
  if (globalThis.rollcallInstance === undefined) {
    boundConnections(
      connectionBounds,
      () => globalThis.rollcallStarted?.settings.access.trustedProxies ?? null,
    );
    standBeforeNext(createForeignHostLog(() => globalThis.rollcallStarted?.log ?? null));
  }
  globalThis.rollcallInstance ??= makeRollcall();
  await globalThis.rollcallInstance;
}

async function makeRollcall(): Promise<Rollcall> {
  const { settings, mistakes } = readProcessSettings();
  if (settings === null) return refuseToStart(mistakes);
  const { pollActive, pollIdle, maxRequestsPerMinute, retention: keep } = settings;
  const monitors = createOrganizationMonitors({
    upstreamUrl: settings.upstreamUrl,
    proxy: settings.proxy,
    log: () => log,
    onNewKey: () => election.retryFailing(),
  });
  monitors.replace(settings.organizations);
  await monitors.readKeys().catch((error: unknown) =>
    refuseToStart([
      {
        setting:
          settings.configFile === null
            ? "CEREBRAS_MANAGEMENT_API_KEY_FILE"
            : "ROLLCALL_CONFIG names a settings file with a keyFile that cannot be used:",
        problem: toProblem(error),
      },
    ]),
  );
  const secrets = () => [
    ...monitors.secrets(),
    ...databaseSecrets(settings.database),
    ...accessSecrets(settings.access),
    ...proxySecrets(settings.proxy),
  ];
  const log = createLog(secrets, (line) => process.stdout.write(line));
  const clockWatch = startClockWatch(systemClock, log);
  const history = await openHistory(settings.database, log);
  const registry = createEndpointRegistry();
  registry.follow(settings.organizations);
  const election = createLeaderElection({
    lease: history.lease,
    follower: createFollower({ history, registry, clock: systemClock, log }),
    begin: (fencingToken) =>
      beginTerm(
        {
          cadence: { pollActive, pollIdle, maxRequestsPerMinute },
          monitors: monitors.all,
          ...{ history, registry, clock: systemClock, log, election },
        },
        fencingToken,
      ),
    isAlone: settings.database.engine === "sqlite",
    name: `${hostname()} ${process.pid}`,
    clock: systemClock,
    log,
  });
  endWhenTold(election);
  await election.start().catch((error: unknown) => refuseToStart([toUnreadable(settings.database, error)]));
  await makeFirstAccount(settings, history).catch((error: unknown) =>
    refuseToStart([toUnreadable(settings.database, error)]),
  );
  const replaced = new Set<OrganizationMonitor>();
  const settingsFile = watchSettingsFile(settings, {
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
  pruneDaily({ history, keep, clock: systemClock, clockWatch, log }, election.isWatching);
  globalThis.rollcallStarted = {
    settings,
    log,
    clock: systemClock,
    clockWatch,
    endpointStore: registry,
    monitors,
    settingsIssues: settingsFile.issues,
    pendingSettings: settingsFile.pending,
    ...openForViewers({ history, clock: systemClock, log }),
    election,
    schedule: createSchedule(),
    rateLimit: createRateLimit(() => systemClock().tick),
    blockedGuesses: createBlockedKeys(),
    refusals: createRejectionSummary(),
    handshakeSecret: toHandshakeSecret(settings.access),
  };
  log.info(
    {
      address: settings.publicUrl.origin,
      organizations: settings.organizations.map(({ org }) => org).filter((org) => org !== null),
      endpoints: settings.organizations.flatMap(({ endpointIds }) => endpointIds).length,
    },
    `Rollcall ${election.isWatching() ? "is watching" : "stands by; another instance watches"}. ${describeAccess(settings.access)}`,
  );
  return globalThis.rollcallStarted;
}

const pollTimeout = 2 * second;
const responseTimeout = 3 * second;

/**
 * On a signal first the watching ends, so that another instance may go on; then Next, which had put its
 * listeners there before, stops listening, answers what it was asked, and ends the process. A connection on
 * which nothing was ever said (a browser opens some ahead) would keep it from ending for a minute.
 */
function endWhenTold(election: LeaderElection): void {
  for (const [signal, code] of [["SIGINT", 130] as const, ["SIGTERM", 143] as const]) {
    const closers = process.listeners(signal);
    process.removeAllListeners(signal);
    process.once(signal, () => {
      setTimeout(() => process.exit(code), responseTimeout).unref();
      void Promise.race([election.stop(), wait(pollTimeout)]).then(() => {
        for (const close of closers) close(signal);
      });
    });
  }
}

function toProblem(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
