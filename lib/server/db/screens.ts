import "server-only";

import type { Kysely } from "kysely";
import * as z from "zod";

import { mostListed } from "@/lib/contract/list-limit";
import { displaySettingsSchema, type DisplaySettings } from "@/lib/contract/screen";
import type { Instant } from "@/lib/domain/instant";

import { instant, instantOrNull, json, orgsOrNull } from "./columns";
import { asHistory } from "./database-problem";
import type { Database } from "./schema";
import { identityOrNull, toIdentityColumn, type Identity } from "./sessions";

/** A screen as it is kept: of its pass only the hash. */
export type Screen = {
  id: string;
  name: string;
  displaySettings: DisplaySettings;
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
  display_settings: json.pipe(z.custom<unknown>()).transform((value) => displaySettingsSchema.parse(value)),
  orgs: orgsOrNull,
  approved_by: z.string(),
  approver: z.string(),
  approver_identity: identityOrNull,
  created_at: instant,
  last_seen_at: instantOrNull,
  expires_at: instant,
});

/** Reads a row of the table of screens; throws where it is none. */
export function parseScreen(row: unknown): Screen {
  const { display_settings, approved_by, approver_identity, created_at, last_seen_at, expires_at, ...rest } =
    rowSchema.parse(row);
  return {
    ...rest,
    displaySettings: display_settings,
    approvedBy: approved_by,
    approverIdentity: approver_identity,
    createdAt: created_at,
    lastSeenAt: last_seen_at,
    expiresAt: expires_at,
  };
}

/** Queries for screens. */
export function openScreens(db: Kysely<Database>) {
  return {
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
      async (id: string, change: { name?: string; displaySettings?: DisplaySettings }): Promise<boolean> => {
        const { numUpdatedRows } = await db
          .updateTable("screen")
          .set({
            ...(change.name === undefined ? {} : { name: change.name }),
            ...(change.displaySettings === undefined
              ? {}
              : { display_settings: JSON.stringify(change.displaySettings) }),
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
