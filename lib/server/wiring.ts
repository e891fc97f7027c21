import "server-only";

import { hostname } from "node:os";
import { setTimeout as wait } from "node:timers/promises";

import { second } from "@/lib/domain/instant";
import { createBlockedKeys, type BlockedKeys } from "@/lib/server/access/blocked-keys";
import { createPace } from "@/lib/server/access/pace";
import { createRefusalSummary } from "@/lib/server/access/refusal-summary";
import { accessSecrets, describeAccess, toHandshakeSecret } from "@/lib/server/config/access-settings";
import { readProcessSettings } from "@/lib/server/config/process-settings";
import { proxySecrets } from "@/lib/server/config/outbound-proxy";
import type { Settings } from "@/lib/server/config/settings";
import { refuseToStart } from "@/lib/server/config/refusal";
import { databaseSecrets } from "@/lib/server/config/database-address";
import { watchSettingsFile, type SettingsFileWatch } from "@/lib/server/config/watch-settings-file";
import { toDatabaseProblem } from "@/lib/server/history/database-problem";
import { openHistory, toUnreadable } from "@/lib/server/history/open-history";
import { standBeforeNext } from "@/lib/server/http/before-next";
import { createForeignHostLog } from "@/lib/server/http/foreign-hosts";
import { boundConnections, connectionBounds } from "@/lib/server/http/bound-connections";
import { createLog, type Log } from "@/lib/server/log";
import { makeFirstAccount } from "@/lib/server/services/first-account";
import { createSchedule } from "@/lib/server/services/poll-hints";
import { systemClock, type Clock } from "@/lib/server/watch/clock";
import { startClockWatch, type ClockWatch } from "@/lib/server/watch/clock-watch";
import { forgetDaily } from "@/lib/server/watch/forget-daily";
import { createFollower } from "@/lib/server/watch/follower";
import { createHouse, type House } from "@/lib/server/watch/house";
import { createShift, type Shift } from "@/lib/server/watch/shift";
import { createSources, type Source, type Sources } from "@/lib/server/watch/sources";
import { beginTenure } from "@/lib/server/watch/tenure";

import { openForViewers, type ForViewers } from "./wiring-for-viewers";

/** Everything that lives as long as the process, made once. */
export type Rollcall = ForViewers & {
  settings: Settings;
  log: Log;
  clock: Clock;
  clockWatch: ClockWatch;
  /** Everything that is watched, read as one. */
  board: House;
  sources: Sources;
  /** What is wrong with the settings file now; null where nothing is, or where there is none. */
  settingsTrouble: SettingsFileWatch["trouble"];
  /** Why the settings file that was read last is not in force yet; null where it is. */
  pendingSettings: SettingsFileWatch["pending"];
  shift: Shift;
  schedule: ReturnType<typeof createSchedule>;
  /** How often each visitor asked lately. */
  pace: ReturnType<typeof createPace>;
  /** Limits on passwords that the database reported as reached a moment ago. */
  blockedGuesses: BlockedKeys;
  /** Refused sign-ins that the audit log holds as sums. */
  refusals: ReturnType<typeof createRefusalSummary>;
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
  const sources = createSources({
    upstreamUrl: settings.upstreamUrl,
    proxy: settings.proxy,
    log: () => log,
    onNewKey: () => shift.retryFailing(),
  });
  sources.replace(settings.organizations);
  await sources.readKeys().catch((error: unknown) =>
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
    ...sources.secrets(),
    ...databaseSecrets(settings.database),
    ...accessSecrets(settings.access),
    ...proxySecrets(settings.proxy),
  ];
  const log = createLog(secrets, (line) => process.stdout.write(line));
  const clockWatch = startClockWatch(systemClock, log);
  const history = await openHistory(settings.database, log);
  const house = createHouse();
  house.follow(settings.organizations);
  const shift = createShift({
    lease: history.lease,
    follower: createFollower({ history, house, clock: systemClock, log }),
    begin: (fence) =>
      beginTenure(
        {
          pace: { pollActive, pollIdle, maxRequestsPerMinute },
          sources: sources.all,
          ...{ history, house, clock: systemClock, log, shift },
        },
        fence,
      ),
    isAlone: settings.database.engine === "sqlite",
    name: `${hostname()} ${process.pid}`,
    clock: systemClock,
    log,
  });
  endWhenTold(shift);
  await shift.start().catch((error: unknown) => refuseToStart([toUnreadable(settings.database, error)]));
  await makeFirstAccount(settings, history).catch((error: unknown) =>
    refuseToStart([toUnreadable(settings.database, error)]),
  );
  const replaced = new Set<Source>();
  const settingsFile = watchSettingsFile(settings, {
    log,
    toProblem: toDatabaseProblem,
    onChange: async (organizations) => {
      for (const source of sources.replace(organizations)) replaced.add(source);
      house.follow(organizations);
      await shift.adapt();
      for (const source of replaced) {
        replaced.delete(source);
        await source.close();
      }
    },
  });
  forgetDaily({ history, keep, clock: systemClock, clockWatch, log }, shift.isWatching);
  globalThis.rollcallStarted = {
    settings,
    log,
    clock: systemClock,
    clockWatch,
    board: house,
    sources,
    settingsTrouble: settingsFile.trouble,
    pendingSettings: settingsFile.pending,
    ...openForViewers({ history, clock: systemClock, log }),
    shift,
    schedule: createSchedule(),
    pace: createPace(() => systemClock().tick),
    blockedGuesses: createBlockedKeys(),
    refusals: createRefusalSummary(),
    handshakeSecret: toHandshakeSecret(settings.access),
  };
  log.info(
    {
      address: settings.publicUrl.origin,
      organizations: settings.organizations.map(({ org }) => org).filter((org) => org !== null),
      endpoints: settings.organizations.flatMap(({ endpointIds }) => endpointIds).length,
    },
    `Rollcall ${shift.isWatching() ? "is watching" : "stands by; another instance watches"}. ${describeAccess(settings.access)}`,
  );
  return globalThis.rollcallStarted;
}

const patienceWithQuestions = 2 * second;
const patienceWithVisitors = 3 * second;

/**
 * On a signal first the watching ends, so that another instance may go on; then Next, which had put its
 * listeners there before, stops listening, answers what it was asked, and ends the process. A connection on
 * which nothing was ever said (a browser opens some ahead) would keep it from ending for a minute.
 */
function endWhenTold(shift: Shift): void {
  for (const [signal, code] of [["SIGINT", 130] as const, ["SIGTERM", 143] as const]) {
    const closers = process.listeners(signal);
    process.removeAllListeners(signal);
    process.once(signal, () => {
      setTimeout(() => process.exit(code), patienceWithVisitors).unref();
      void Promise.race([shift.stop(), wait(patienceWithQuestions)]).then(() => {
        for (const close of closers) close(signal);
      });
    });
  }
}

function toProblem(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
