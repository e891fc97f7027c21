import "server-only";

import type { Kysely } from "kysely";

import { openAccounts } from "./accounts";
import { openAcknowledgements } from "./acknowledgements";
import { openAudit } from "./audit";
import { asHistory } from "./database-problem";
import { openDeliveryList } from "./delivery-list";
import { openEndpointMutes } from "./endpoint-mutes";
import { openGuestLinks } from "./guest-links";
import { openPairings } from "./pairings";
import { inTransaction } from "./transaction";
import type { Database } from "./schema";
import { openScreens } from "./screens";
import { openServiceTokens } from "./service-tokens";
import { openSessions } from "./sessions";

function openTables(db: Kysely<Database>) {
  return {
    accounts: openAccounts(db),
    acknowledgements: openAcknowledgements(db),
    audit: openAudit(db),
    deliveries: openDeliveryList(db),
    endpointMutes: openEndpointMutes(db),
    guestLinks: openGuestLinks(db),
    screens: { ...openScreens(db), ...openPairings(db) },
    serviceTokens: openServiceTokens(db),
    sessions: openSessions(db),
  };
}

/** The tables whose changes are audited, and the audit log, within one transaction. */
export type AuditedTables = ReturnType<typeof openTables>;

export function openAudited(db: Kysely<Database>) {
  return {
    /**
     * Makes a change and writes its audit entry in one transaction: both are kept, or neither. `work` must use only
     * the tables that it is given: SQLite has one connection, so anything else would wait for the transaction to end.
     */
    change: <T>(work: (tables: AuditedTables) => Promise<T>): Promise<T> =>
      asHistory(() => inTransaction(db, (transaction) => work(openTables(transaction))))(),
  };
}
