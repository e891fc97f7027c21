import "server-only";

import { commandLine } from "@/lib/server/config/command-line";
import { type DatabaseAddress, databasePlace } from "@/lib/server/config/database";
import { refuseToStart, type SettingsMistake } from "@/lib/server/config/issues";
import type { Log } from "@/lib/server/log";

import { isDamaged, isUnknownCertificate } from "./database-problem";
import { createFileIdentity } from "./file-identity";
import { openDatabase } from "./open-database";
import { migrate } from "./migrate";
import { openStore, type HistoryStore } from "./store";
import { holdDatabase, InUse } from "./database-lock";

/**
 * Opens the database and migrates it. Locks it for this process if it is a file. Ends the process with a message if that
 * fails.
 */
export async function openHistory(address: DatabaseAddress, log: Log): Promise<HistoryStore> {
  try {
    if (address.engine === "sqlite") holdDatabase(address.file);
    await upgrade(address, log);
    const db = openDatabase(address, { onNoLimits: () => log.info(noLimits) });
    return await openStore(db, address.engine === "sqlite" ? createFileIdentity(address.file) : null);
  } catch (error) {
    if (isDamaged(error)) return refuseToStart([toUnreadable(address, error)]);
    const place = databasePlace(address);
    return refuseToStart([
      {
        setting: "DATABASE_URL",
        problem: `names a database that cannot be used: ${place} (${toProblem(error)}).${toRemedy(error)}`,
      },
    ]);
  }
}

const noLimits =
  "The pooler in front of PostgreSQL refuses time limits at the connection. Rollcall sets them in each transaction and gives up waiting by itself; nothing needs to be done.";

/** What to do, as the next sentence; empty if the problem already says it. */
function toRemedy(error: unknown): string {
  if (error instanceof InUse)
    return " A file serves one server. For several on one history, name a PostgreSQL: postgres://…. Backing up and exporting need no server to end.";
  if (isUnknownCertificate(error))
    return " If PostgreSQL's certificate comes from a private CA, add sslrootcert=/path/to/ca.pem to DATABASE_URL.";
  return "";
}

/** Uses a separate connection, because a migration may exceed the time limit of ordinary queries. */
async function upgrade(address: DatabaseAddress, log: Log): Promise<void> {
  const db = openDatabase(address, { isPatient: true });
  try {
    await migrate(db, ({ name, position, total }) =>
      log.info({ migration: name, step: `${position} of ${total}` }, "upgrading the database"),
    );
  } finally {
    await db.destroy();
  }
}

/** The database answers, but Rollcall cannot continue from its rows. */
export function toUnreadable(address: DatabaseAddress, error: unknown): SettingsMistake {
  const remedy =
    address.engine === "sqlite"
      ? `Put a backup back (${commandLine("restore FILE")}), or move the file away to start with an empty history.`
      : "Put a backup of it back, or name another database to start with an empty history.";
  return {
    setting: "DATABASE_URL",
    problem: `names a database that is damaged: ${databasePlace(address)} (${toProblem(error)}). ${remedy}`,
  };
}

function toProblem(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
