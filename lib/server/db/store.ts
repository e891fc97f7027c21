import "server-only";

import { type Kysely, sql } from "kysely";

import type { Instant } from "@/lib/domain/instant";

import { openAccounts } from "./accounts";
import { openAcknowledgements } from "./acknowledgements";
import { openAttempts } from "./attempts";
import { openAudit } from "./audit";
import { openAudited } from "./audited";
import { openDeliveries } from "./deliveries";
import { openDeliveryList } from "./delivery-list";
import { openEarlyPolls } from "./early-polls";
import { openEndpointMutes } from "./endpoint-mutes";
import { openEndpoints } from "./endpoints";
import type { FileIdentity } from "./file-identity";
import { openFleetEvents } from "./fleet-events";
import { openGuestLinks } from "./guest-links";
import { openLease } from "./lease";
import { migrate } from "./migrate";
import { openObservations } from "./observations";
import { openPairings } from "./pairings";
import { pruneBatch } from "./prune";
import { type AccessRetention, pruneAccess } from "./prune-access";
import { openPasts } from "./read-pasts";
import type { Entry } from "./recording";
import { openRollouts } from "./rollouts";
import type { Database } from "./schema";
import { openScreens } from "./screens";
import { openServiceTokens } from "./service-tokens";
import { openSessions } from "./sessions";
import { openSnapshots } from "./snapshots";
import { openTraffic } from "./traffic";
import { tryWriting } from "./transaction";
import { openWatchSpans } from "./watch-spans";
import { writeEntries } from "./write";

export type HistoryStore = Awaited<ReturnType<typeof openStore>>;

/**
 * The only access to SQL, with one file for each group of tables. Migrates the database first. Throws if the database is
 * newer than this build, or cannot be written.
 */
export async function openStore(db: Kysely<Database>, file: FileIdentity | null = null) {
  await migrate(db);
  return {
    write: async (entries: readonly Entry[], fencingToken: number | null = null): Promise<void> => {
      file?.assertSame();
      await writeEntries(db, entries, fencingToken);
    },
    /** Since when the database file has been a different one, and what to do; null while it is the same. */
    fileOutage: () => file?.outage() ?? null,
    /** Deletes a batch of an endpoint's old history. Resolves with the number of rows; 0 means nothing is left. */
    pruneBatch: (endpointId: string, before: Instant) => pruneBatch(db, endpointId, before),
    /** Deletes a batch of expired access rows. Resolves with the number of rows; 0 means nothing is left. */
    pruneAccess: (now: Instant, retention: AccessRetention) => pruneAccess(db, now, retention),
    ...openEndpoints(db),
    ...openRollouts(db),
    ...openObservations(db),
    ...openWatchSpans(db),
    ...openPasts(db),
    ...openFleetEvents(db),
    guestLinks: openGuestLinks(db),
    accounts: openAccounts(db),
    sessions: openSessions(db),
    attempts: openAttempts(db),
    screens: { ...openScreens(db), ...openPairings(db) },
    serviceTokens: openServiceTokens(db),
    audit: openAudit(db),
    audited: openAudited(db),
    earlyPolls: openEarlyPolls(db),
    acknowledgements: openAcknowledgements(db),
    deliveries: { ...openDeliveries(db), ...openDeliveryList(db) },
    endpointMutes: openEndpointMutes(db),
    traffic: openTraffic(db),
    lease: openLease(db),
    snapshots: openSnapshots(db),
    /** Rejects while the database does not answer. `tryWriting` checks whether it can be written. */
    ping: async (): Promise<void> => {
      await sql`select 1`.execute(db);
    },
    /** Rejects with the engine's error while the database cannot be written. */
    tryWriting: () => tryWriting(db),
    close: () => db.destroy(),
  };
}
