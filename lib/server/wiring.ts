import "server-only";

import { second, type Duration } from "@/lib/domain/instant";
import { createKeyReader } from "@/lib/server/config/management-key";
import { readProcessSettings } from "@/lib/server/config/process-settings";
import type { Settings } from "@/lib/server/config/settings";
import { refuseToStart } from "@/lib/server/config/refusal";
import { openSqlite } from "@/lib/server/history/open-sqlite";
import { openStore, type HistoryStore } from "@/lib/server/history/store";
import { holdDatabase } from "@/lib/server/history/upkeep/database-lock";
import { writePlainHeaderValues } from "@/lib/server/http/plain-header-values";
import { createLog, type Log } from "@/lib/server/log";
import { createSchedule } from "@/lib/server/services/poll-hints";
import { createUpstreamClient } from "@/lib/server/upstream/client";
import { createBoard, type Board } from "@/lib/server/watch/board";
import { systemClock, type Clock } from "@/lib/server/watch/clock";
import { forgetDaily } from "@/lib/server/watch/forget-daily";
import { createSaver, type Saver } from "@/lib/server/watch/saver";
import { createWatcher, type Watcher } from "@/lib/server/watch/watcher";

/** Everything that lives as long as the process, made once. */
export type Rollcall = {
  settings: Settings;
  log: Log;
  clock: Clock;
  board: Board;
  history: HistoryStore;
  saver: Saver;
  watcher: Watcher;
  /** By how much our clock is ahead of Cerebras's; null before the first answer. */
  clockSkew: () => Duration | null;
  schedule: ReturnType<typeof createSchedule>;
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
  if (globalThis.rollcallInstance === undefined) writePlainHeaderValues();
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
  const log = createLog(keyReader.secrets, (line) => process.stdout.write(line));
  const history = await openHistory(settings.databaseFile);
  const board = createBoard(settings.org !== null);
  const saver = createSaver(history.write, (error) => {
    log.error({ fault: toProblem(error) }, "History cannot be saved; the live view goes on.");
  });
  const client = createUpstreamClient({
    baseUrl: settings.upstreamUrl,
    readKey: keyReader.readKey,
    userAgent: "Rollcall/0.1",
  });
  const watcher = createWatcher({ settings, client, history, saver, board, clock: systemClock, log });
  keyReader.onChange(() => {
    log.info("The management key was replaced.");
    client.forgetHolds();
    watcher.retryFailing();
  });
  keyReader.onProblem((problem) => {
    if (problem === null) log.info("The key file is in order again.");
    else log.error({ fault: problem }, "The key file is wrong. The last good key stays in use.");
  });
  endWhenTold(watcher);
  await watcher.start().catch((error: unknown) =>
    refuseToStart([
      {
        setting: "DATABASE_URL",
        problem: `names a database that is damaged: ${settings.databaseFile} (${toProblem(error)}). Put a backup back (npm run rollcall restore FILE), or move the file away to begin afresh.`,
      },
    ]),
  );
  const { retention: keep } = settings;
  if (keep !== null) forgetDaily({ history, keep, clock: systemClock, log });
  globalThis.rollcallStarted = {
    settings,
    log,
    clock: systemClock,
    board,
    history,
    saver,
    watcher,
    clockSkew: client.clockSkew,
    schedule: createSchedule(),
  };
  log.info(
    { address: settings.publicUrl.origin, org: settings.org, endpoints: settings.endpointIds.length },
    "Rollcall is watching. ROLLCALL_ACCESS=open: everybody on this machine may read.",
  );
  return globalThis.rollcallStarted;
}

const patienceWithVisitors = 3 * second;

/**
 * On a signal Next stops listening, answers what it was asked, and ends the process, but a connection
 * on which nothing was ever said (a browser opens some ahead) would keep it from ending for a minute.
 */
function endWhenTold(watcher: Watcher): void {
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143 })) {
    process.once(signal, () => {
      void watcher.stop();
      setTimeout(() => process.exit(code), patienceWithVisitors).unref();
    });
  }
}

async function openHistory(file: string): Promise<HistoryStore> {
  try {
    holdDatabase(file);
    return await openStore(openSqlite(file));
  } catch (error) {
    return refuseToStart([
      {
        setting: "DATABASE_URL",
        problem: `names a database that cannot be opened for writing: ${file} (${toProblem(error)}).`,
      },
    ]);
  }
}

function toProblem(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
