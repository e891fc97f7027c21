import "server-only";

import type { Kysely } from "kysely";

import { minute, type Duration, type Instant } from "@/lib/domain/instant";

import { asHistory } from "./database-problem";
import { inTransaction } from "./transaction";
import type { Database } from "./schema";
import { parseScreen, type Screen } from "./screens";
import { toIdentityColumn } from "./sessions";

/** How long a screen can repeat a claim, in case it did not receive the answer. */
const claimAgainWithin: Duration = 2 * minute;

/** The answer to a waiting screen. `over`: its code has expired or was used. */
export type Claim = { state: "waiting" } | { state: "approved"; screen: Screen } | { state: "over" };

const mostWaiting = 2_000;

/** Queries for pairings: devices that show a code and wait for approval. */
export function openPairings(db: Kysely<Database>) {
  return {
    /**
     * Records that a device shows a code. Ends the previous pairing of the same device (`former`), and the oldest ones
     * beyond 2,000.
     */
    beginPairing: asHistory(
      async (
        pairing: { deviceHash: string; codeHash: string; expiresAt: Instant },
        now: Instant,
        { former = null, most = mostWaiting }: { former?: string | null; most?: number } = {},
      ): Promise<void> => {
        await db.deleteFrom("pairing").where("expires_at", "<=", now).execute();
        await db.deleteFrom("pairing").where("device_hash", "=", former).execute();
        await db
          .insertInto("pairing")
          .values({
            device_hash: pairing.deviceHash,
            code_hash: pairing.codeHash,
            ...{ screen_id: null, expires_at: pairing.expiresAt },
          })
          .execute();
        // Drops the oldest codes, so that a flood of requests cannot keep a new screen from getting one.
        const surplus = await db
          .selectFrom("pairing")
          .select("device_hash")
          .where("screen_id", "is", null)
          .orderBy("expires_at", "desc")
          .limit(most)
          .offset(most)
          .execute();
        if (surplus.length > 0) {
          const hashes = surplus.map(({ device_hash }) => device_hash);
          await db.deleteFrom("pairing").where("device_hash", "in", hashes).execute();
        }
      },
    ),
    /** Creates the screen for the device that shows this code. False if the code is unknown, expired or used. */
    approve: asHistory((codeHash: string, screen: Screen, now: Instant): Promise<boolean> =>
      inTransaction(db, async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable("pairing")
          .set({ screen_id: screen.id })
          .where("code_hash", "=", codeHash)
          .where("screen_id", "is", null)
          .where("expires_at", ">", now)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        await trx
          .insertInto("screen")
          .values({
            id: screen.id,
            pass_hash: null,
            name: screen.name,
            display_settings: JSON.stringify(screen.displaySettings),
            orgs: screen.orgs === null ? null : JSON.stringify(screen.orgs),
            approved_by: screen.approvedBy,
            approver: screen.approver,
            approver_identity: toIdentityColumn(screen.approverIdentity),
            created_at: screen.createdAt,
            last_seen_at: null,
            expires_at: screen.expiresAt,
            ...{ identified_at: null, reloaded_at: null, revoked_at: null },
          })
          .execute();
        return true;
      }),
    ),
    /**
     * Gives an approved screen its pass. A screen that did not receive the answer can repeat the claim with the same pass
     * for two minutes. A different pass is refused.
     */
    claim: asHistory((deviceHash: string, passHash: string, now: Instant): Promise<Claim> =>
      inTransaction(db, async (trx) => {
        const pairing = await trx
          .selectFrom("pairing")
          .selectAll()
          .where("device_hash", "=", deviceHash)
          .where("expires_at", ">", now)
          .executeTakeFirst();
        if (pairing === undefined) return { state: "over" };
        if (pairing.screen_id === null) return { state: "waiting" };
        const row = await trx
          .updateTable("screen")
          .set({ pass_hash: passHash, last_seen_at: now })
          .where("id", "=", pairing.screen_id)
          .where("revoked_at", "is", null)
          .where((eb) => eb.or([eb("pass_hash", "is", null), eb("pass_hash", "=", passHash)]))
          .returningAll()
          .executeTakeFirst();
        await trx
          .updateTable("pairing")
          .set({ expires_at: Math.min(pairing.expires_at, now + claimAgainWithin) })
          .where("device_hash", "=", deviceHash)
          .execute();
        return row === undefined ? { state: "over" } : { state: "approved", screen: parseScreen(row) };
      }),
    ),
  };
}
