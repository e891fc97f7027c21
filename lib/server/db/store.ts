import "server-only";

import { type Kysely, Migrator, sql } from "kysely";

import type { Instant } from "@/lib/domain/instant";

import { openAccounts } from "./accounts";
import { openAcknowledgements } from "./acknowledgements";
import { openAttempts } from "./attempts";
import { openAudit } from "./audit";
import { asHistory, isUnknownCertificate, isUnreachable, toDatabaseReason } from "./database-problem";
import type { FileIdentity } from "./file-identity";
import { pruneBatch } from "./prune";
import { openGuestLinks } from "./guest-links";
import { openLease } from "./lease";
import { numberRecordedMigrations } from "./migration-names";
import { migrationProvider } from "./migrations";
import { pruneAccess } from "./prune-access";
import {
  readEndpointFacts,
  readEndpoints,
  readFactsOf,
  readLatestObservation,
  readLowestGuaranteed,
  readObservations,
  readRecentObservations,
  readRecentSpans,
  readRolloutFacts,
  readRollouts,
  readSpans,
  type RolloutCursor,
} from "./read";
import { readEndpointOwners, readPasts, type PastLimits } from "./read-pasts";
import { readTimeline } from "./read-timeline";
import { readReply, readUnreadFields } from "./read-replies";
import type { Entry } from "./recording";
import type { Database } from "./schema";
import { openScreens } from "./screens";
import { openSessions } from "./sessions";
import { openSnapshots } from "./snapshots";
import { writeEntries } from "./write";
import { tryWriting } from "./try-writing";

export type HistoryStore = Awaited<ReturnType<typeof openStore>>;

/**
 * The only door to SQL. Brings the schema up to date first; throws when the database is newer than
 * this build, or cannot be written.
 */
export async function openStore(db: Kysely<Database>, file: FileIdentity | null = null) {
  await migrate(db);
  return {
    write: async (entries: readonly Entry[], fencingToken: number | null = null): Promise<void> => {
      file?.assertSame();
      await writeEntries(db, entries, fencingToken);
    },
    /** Since when the database file is not the one that was opened, and what to do; null while it is. */
    fileOutage: () => file?.outage() ?? null,
    /** Forgets a batch of an endpoint's finished past; 0: there is no more. */
    pruneBatch: (endpointId: string, before: Instant) => pruneBatch(db, endpointId, before),
    /** Deletes a batch of the rows of access that have served; 0: there is no more. */
    pruneAccess: (now: Instant) => pruneAccess(db, now),
    readEndpoints: asHistory(() => readEndpoints(db)),
    readEndpointFacts: asHistory((endpointId: string) => readEndpointFacts(db, endpointId)),
    readEndpointOwners: asHistory(() => readEndpointOwners(db)),
    readPasts: asHistory((endpointIds: readonly string[], limits: PastLimits) =>
      readPasts(db, endpointIds, limits),
    ),
    readRollouts: asHistory(
      (endpointId: string, options: { limit: number; after?: RolloutCursor; listedOnly?: boolean }) =>
        readRollouts(db, endpointId, options),
    ),
    readLowestGuaranteed: asHistory((endpointId: string, deploymentIds: readonly string[]) =>
      readLowestGuaranteed(db, endpointId, deploymentIds),
    ),
    readRolloutFacts: asHistory((endpointId: string, deploymentId: string) =>
      readRolloutFacts(db, endpointId, deploymentId),
    ),
    readFactsOf: asHistory((endpointId: string, deploymentIds: readonly string[]) =>
      readFactsOf(db, endpointId, deploymentIds),
    ),
    readObservations: asHistory((endpointId: string, deploymentId: string) =>
      readObservations(db, endpointId, deploymentId),
    ),
    readLatestObservation: asHistory((endpointId: string, deploymentId: string) =>
      readLatestObservation(db, endpointId, deploymentId),
    ),
    readTimeline: asHistory((endpointId: string, deploymentId: string) =>
      readTimeline(db, endpointId, deploymentId),
    ),
    readRecentObservations: asHistory((endpointId: string, limit: number) =>
      readRecentObservations(db, endpointId, limit),
    ),
    readSpans: asHistory((endpointId: string, window: { from: Instant; until: Instant }) =>
      readSpans(db, endpointId, window),
    ),
    readRecentSpans: asHistory((endpointId: string, limit: number) => readRecentSpans(db, endpointId, limit)),
    readUnreadFields: asHistory((endpointIds: readonly string[]) => readUnreadFields(db, endpointIds)),
    readReply: asHistory((endpointId: string) => readReply(db, endpointId)),
    guestLinks: openGuestLinks(db),
    accounts: openAccounts(db),
    sessions: openSessions(db),
    attempts: openAttempts(db),
    screens: openScreens(db),
    audit: openAudit(db),
    acknowledgements: openAcknowledgements(db),
    lease: openLease(db),
    snapshots: openSnapshots(db),
    /** Rejects while the database does not answer questions. Whether it can be written is `tryWriting`'s to say. */
    ping: async (): Promise<void> => {
      await sql`select 1`.execute(db);
    },
    /** Rejects with the engine's error while the database cannot be written. */
    tryWriting: () => tryWriting(db),
    close: () => db.destroy(),
  };
}

/** Brings the schema up to date. Throws when the database is newer than this build, or cannot be written. */
export async function migrate(db: Kysely<Database>): Promise<void> {
  const error = await runMigrations(db);
  if (error === undefined) return;
  const reason = toDatabaseReason(error);
  const problem = /previously executed migration .* is missing/.test(reason)
    ? "It was written by a newer Rollcall."
    : `${toStage(error)}: ${reason}`;
  throw new Error(problem, { cause: error });
}

function toStage(error: unknown): string {
  if (isUnreachable(error)) return "PostgreSQL cannot be reached";
  return isUnknownCertificate(error)
    ? "PostgreSQL cannot be reached securely"
    : "The schema could not be brought up to date";
}

/** What went wrong, or undefined. */
async function runMigrations(db: Kysely<Database>): Promise<unknown> {
  try {
    await numberRecordedMigrations(db);
  } catch (error) {
    return error;
  }
  const { error } = await new Migrator({ db, provider: migrationProvider }).migrateToLatest();
  return error;
}
