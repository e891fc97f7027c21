import "server-only";

import type { Kysely } from "kysely";
import * as z from "zod";

import { screenShowsSchema, type ScreenShows } from "@/lib/contract/screen";
import { mostListed } from "@/lib/contract/list-limit";
import { minute, type Duration, type Instant } from "@/lib/domain/instant";

import { asHistory } from "./database-problem";
import { inTransaction } from "./in-transaction";
import { instant, instantOrNull, json, orgsOrNull } from "./rows-of-access";
import type { Database } from "./schema";
import { identityOrNull, toIdentityColumn, type Identity } from "./sessions";

/** A screen as it is kept: of its pass only the hash. */
export type Screen = {
  id: string;
  name: string;
  shows: ScreenShows;
  /** What whoever approved it was limited to; null: to nothing. */
  orgs: readonly string[] | null;
  /** The subject of who approved it, and what people know them by. */
  approvedBy: string;
  approver: string;
  /** What the approver's identity provider said last; null for an account with a password, and in older rows. */
  approverIdentity: Identity | null;
  createdAt: Instant;
  /** Null: it has not fetched its pass yet. */
  lastSeenAt: Instant | null;
  expiresAt: Instant;
};

const rowSchema = z.object({
  id: z.string(),
  name: z.string(),
  shows: json.pipe(z.custom<unknown>()).transform((value) => screenShowsSchema.parse(value)),
  orgs: orgsOrNull,
  approved_by: z.string(),
  approver: z.string(),
  approver_identity: identityOrNull,
  created_at: instant,
  last_seen_at: instantOrNull,
  expires_at: instant,
});

function parseScreen(row: unknown): Screen {
  const { approved_by, approver_identity, created_at, last_seen_at, expires_at, ...rest } =
    rowSchema.parse(row);
  return {
    ...rest,
    approvedBy: approved_by,
    approverIdentity: approver_identity,
    createdAt: created_at,
    lastSeenAt: last_seen_at,
    expiresAt: expires_at,
  };
}

/** How long a claim whose answer was lost can be made again. */
const claimAgainWithin: Duration = 2 * minute;

/** What a waiting screen is told: to wait on, its new pass's screen, or that its code is over. */
export type Claim = { state: "waiting" } | { state: "approved"; screen: Screen } | { state: "over" };

const mostWaiting = 2_000;

/** Everything that is asked of and said to the tables of screens and of those that wait to become one. */
export function openScreens(db: Kysely<Database>) {
  return {
    /**
     * Notes that a device shows a code. What the same device waited for before (`former`) is over, and past
     * 2,000 waiting devices so is what waited longest.
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
        // The oldest codes give way, so that no number of strangers leaves a new screen without one.
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
    /** Makes the screen that shows a code one of ours; false: no screen shows it, or not any more. */
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
            shows: JSON.stringify(screen.shows),
            orgs: screen.orgs === null ? null : JSON.stringify(screen.orgs),
            approved_by: screen.approvedBy,
            approver: screen.approver,
            approver_identity: toIdentityColumn(screen.approverIdentity),
            created_at: screen.createdAt,
            last_seen_at: null,
            expires_at: screen.expiresAt,
          })
          .execute();
        return true;
      }),
    ),
    /**
     * Gives an approved screen its pass. Asked again within two minutes, for an answer that was lost, it gives the
     * same pass again; any other pass is refused.
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
    /** Null alike for a pass that is unknown, past its end or revoked. */
    find: asHistory(async (passHash: string, now: Instant): Promise<Screen | null> => {
      const row = await db
        .selectFrom("screen")
        .selectAll()
        .where("pass_hash", "=", passHash)
        .where("expires_at", ">", now)
        .executeTakeFirst();
      return row === undefined ? null : parseScreen(row);
    }),
    /** The screens that one person approved, or all (null), whose pass has not expired: the newest, newest first. */
    list: asHistory(
      async (approvedBy: string | null, now: Instant, most: number = mostListed): Promise<Screen[]> => {
        const all = db.selectFrom("screen").selectAll().where("expires_at", ">", now);
        const rows = await (approvedBy === null ? all : all.where("approved_by", "=", approvedBy))
          .orderBy("created_at", "desc")
          .orderBy("id")
          .limit(most)
          .execute();
        return rows.map(parseScreen);
      },
    ),
    read: asHistory(async (id: string): Promise<Screen | null> => {
      const row = await db.selectFrom("screen").selectAll().where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : parseScreen(row);
    }),
    change: asHistory(
      async (id: string, change: { name?: string; shows?: ScreenShows }): Promise<boolean> => {
        const { numUpdatedRows } = await db
          .updateTable("screen")
          .set({
            ...(change.name === undefined ? {} : { name: change.name }),
            ...(change.shows === undefined ? {} : { shows: JSON.stringify(change.shows) }),
          })
          .where("id", "=", id)
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      },
    ),
    /** Whether there was such a screen to revoke. */
    revoke: asHistory(async (id: string): Promise<boolean> => {
      const { numDeletedRows } = await db.deleteFrom("screen").where("id", "=", id).executeTakeFirst();
      return numDeletedRows > 0n;
    }),
    /** Takes every screen that a person approved its pass, and says how many there were. */
    revokeAllOf: asHistory(async (subject: string): Promise<number> => {
      const { numDeletedRows } = await db
        .deleteFrom("screen")
        .where("approved_by", "=", subject)
        .executeTakeFirst();
      return Number(numDeletedRows);
    }),
    /** Keeps what an identity provider said of a person now, for the screens that they approved. */
    noteApprover: asHistory(async (subject: string, identity: Identity): Promise<void> => {
      await db
        .updateTable("screen")
        .set({ approver_identity: toIdentityColumn(identity) })
        .where("approved_by", "=", subject)
        .execute();
    }),
    noteSeen: asHistory(async (id: string, now: Instant, expiresAt: Instant): Promise<void> => {
      await db
        .updateTable("screen")
        .set({ last_seen_at: now, expires_at: expiresAt })
        .where("id", "=", id)
        .execute();
    }),
  };
}
