import "server-only";

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
 * Opens the database, brought up to date, and keeps the file for this process where it is one. Ends the process with
 * a message when it cannot.
 */
export async function openHistory(address: DatabaseAddress, log: Log): Promise<HistoryStore> {
  try {
    if (address.engine === "sqlite") holdDatabase(address.file);
    else await upgrade(address);
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

/** What to do about it, as the next sentence; empty where the problem says it. */
function toRemedy(error: unknown): string {
  if (error instanceof InUse)
    return " A file serves one server. For several on one history, name a PostgreSQL: postgres://…. Backing up and exporting need no server to end.";
  if (isUnknownCertificate(error))
    return " If PostgreSQL's certificate comes from a CA of your own, add sslrootcert=/path/to/ca.pem to DATABASE_URL.";
  return "";
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
export function toUnreadable(address: DatabaseAddress, error: unknown): SettingsMistake {
  const remedy =
    address.engine === "sqlite"
      ? "Put a backup back (npm run -s rollcall restore FILE), or move the file away to begin afresh."
      : "Put a backup of it back, or name another database to begin afresh.";
  return {
    setting: "DATABASE_URL",
    problem: `names a database that is damaged: ${databasePlace(address)} (${toProblem(error)}). ${remedy}`,
  };
}

function toProblem(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
