import "server-only";

import { hostname } from "node:os";
import { setTimeout as wait } from "node:timers/promises";

import { second, type Duration } from "@/lib/domain/instant";
import { createPace } from "@/lib/server/access/pace";
import { createRecall, type Recall } from "@/lib/server/access/recall";
import { accessSecrets, describeAccess, toHandshakeSecret } from "@/lib/server/config/access-settings";
import { createKeyReader } from "@/lib/server/config/management-key";
import { readProcessSettings } from "@/lib/server/config/process-settings";
import type { SettingsMistake } from "@/lib/server/config/mistake";
import type { Settings } from "@/lib/server/config/settings";
import { refuseToStart } from "@/lib/server/config/refusal";
import { databasePlace, databaseSecrets, type DatabaseAddress } from "@/lib/server/config/database-address";
import { isDamaged } from "@/lib/server/history/database-problem";
import { openDatabase } from "@/lib/server/history/open-database";
import type { Acknowledgement } from "@/lib/server/history/acknowledgements";
import type { Screen } from "@/lib/server/history/screens";
import type { Session } from "@/lib/server/history/sessions";
import { migrate, openStore, type HistoryStore } from "@/lib/server/history/store";
import { holdDatabase, InUse } from "@/lib/server/history/upkeep/database-lock";
import { noteRequests } from "@/lib/server/http/note-requests";
import { writePlainHeaderValues } from "@/lib/server/http/plain-header-values";
import { createLog, type Log } from "@/lib/server/log";
import { makeFirstAccount } from "@/lib/server/services/first-account";
import { createSchedule } from "@/lib/server/services/poll-hints";
import { createUpstreamClient } from "@/lib/server/upstream/client";
import { createBoard, type Board } from "@/lib/server/watch/board";
import { systemClock, type Clock } from "@/lib/server/watch/clock";
import { forgetDaily } from "@/lib/server/watch/forget-daily";
import { createFollower } from "@/lib/server/watch/follower";
import { createShift, type Shift } from "@/lib/server/watch/shift";
import { beginTenure } from "@/lib/server/watch/tenure";

/** Everything that lives as long as the process, made once. */
export type Rollcall = {
  settings: Settings;
  log: Log;
  clock: Clock;
  board: Board;
  history: HistoryStore;
  shift: Shift;
  /** By how much our clock is ahead of Cerebras's; null before the first answer. */
  clockSkew: () => Duration | null;
  schedule: ReturnType<typeof createSchedule>;
  /** What the database said a moment ago: of those who poll, by the hash of what they show, and of what was seen. */
  recall: { sessions: Recall<Session>; screens: Recall<Screen>; acknowledgements: Recall<Acknowledgement[]> };
  /** How often each visitor asked lately. */
  pace: ReturnType<typeof createPace>;
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
    writePlainHeaderValues();
    noteRequests();
  }
  globalThis.rollcallInstance ??= makeRollcall();
  await globalThis.rollcallInstance;
}

async function makeRollcall(): Promise<Rollcall> {
  const { settings, mistakes } = readProcessSettings();
  if (settings === null) return refuseToStart(mistakes);
  const keyReader = createKeyReader(settings.key);
  await keyReader
    .readKey()
    .catch((error: unknown) =>
      refuseToStart([{ setting: "CEREBRAS_MANAGEMENT_API_KEY_FILE", problem: toProblem(error) }]),
    );
  const secrets = () => [
    ...keyReader.secrets(),
    ...databaseSecrets(settings.database),
    ...accessSecrets(settings.access),
  ];
  const log = createLog(secrets, (line) => process.stdout.write(line));
  const history = await openHistory(settings.database);
  const board = createBoard(settings.org !== null);
  const client = createUpstreamClient({
    baseUrl: settings.upstreamUrl,
    readKey: keyReader.readKey,
    userAgent: "Rollcall/0.1",
  });
  const shift = createShift({
    lease: history.lease,
    follower: createFollower({ history, board, clock: systemClock }),
    begin: (fence) =>
      beginTenure({ settings, client, history, board, clock: systemClock, log, shift }, fence),
    isAlone: settings.database.engine === "sqlite",
    name: `${hostname()} ${process.pid}`,
    clock: systemClock,
    log,
  });
  keyReader.onChange(() => {
    log.info("The management key was replaced.");
    client.forgetHolds();
    shift.retryFailing();
  });
  keyReader.onProblem((problem) => {
    if (problem === null) log.info("The key file is in order again.");
    else log.error({ fault: problem }, "The key file is wrong. The last good key stays in use.");
  });
  endWhenTold(shift);
  await shift.start().catch((error: unknown) => refuseToStart([toUnreadable(settings.database, error)]));
  await makeFirstAccount(settings, history).catch((error: unknown) =>
    refuseToStart([toUnreadable(settings.database, error)]),
  );
  const { retention: keep } = settings;
  if (keep !== null) forgetDaily({ history, keep, clock: systemClock, log }, shift.isWatching);
  globalThis.rollcallStarted = {
    settings,
    log,
    clock: systemClock,
    board,
    history,
    shift,
    clockSkew: client.clockSkew,
    schedule: createSchedule(),
    recall: {
      sessions: createRecall((hash) => history.sessions.find(hash, systemClock().at)),
      screens: createRecall((hash) => history.screens.find(hash, systemClock().at)),
      acknowledgements: createRecall(() => history.acknowledgements.list()),
    },
    pace: createPace(() => systemClock().tick),
    handshakeSecret: toHandshakeSecret(settings.access),
  };
  log.info(
    { address: settings.publicUrl.origin, org: settings.org, endpoints: settings.endpointIds.length },
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

/** Opens the database, brought up to date, and keeps the file for this process where it is one. */
async function openHistory(address: DatabaseAddress): Promise<HistoryStore> {
  try {
    if (address.engine === "sqlite") holdDatabase(address.file);
    else await upgrade(address);
    return await openStore(openDatabase(address));
  } catch (error) {
    if (isDamaged(error)) return refuseToStart([toUnreadable(address, error)]);
    const place = databasePlace(address);
    const remedy =
      error instanceof InUse
        ? " A file serves one server. For several on one history, name a PostgreSQL: postgres://…. Backing up and exporting need no server to end."
        : "";
    return refuseToStart([
      {
        setting: "DATABASE_URL",
        problem: `names a database that cannot be used: ${place} (${toProblem(error)}).${remedy}`,
      },
    ]);
  }
}

/** Migrations may take longer than any viewer's question may. */
async function upgrade(address: DatabaseAddress): Promise<void> {
  const db = openDatabase(address, { isPatient: true });
  try {
    await migrate(db);
  } finally {
    await db.destroy();
  }
}

/** What its rows say cannot be understood: it answers, but nothing can be gone on from. */
function toUnreadable(address: DatabaseAddress, error: unknown): SettingsMistake {
  const remedy =
    address.engine === "sqlite"
      ? "Put a backup back (npm run rollcall restore FILE), or move the file away to begin afresh."
      : "Put a backup of it back, or name another database to begin afresh.";
  return {
    setting: "DATABASE_URL",
    problem: `names a database that is damaged: ${databasePlace(address)} (${toProblem(error)}). ${remedy}`,
  };
}

function toProblem(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
