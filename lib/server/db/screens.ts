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

/** A screen as stored. Only the hash of its pass is kept. */
export type Screen = {
  id: string;
  name: string;
  displaySettings: DisplaySettings;
  /** The organizations that its approver was limited to; null: no limit. */
  orgs: readonly string[] | null;
  /** The subject and the displayed name of the user who approved it. */
  approvedBy: string;
  approver: string;
  /** The approver's latest identity from their provider; null for an account with a password, and in older rows. */
  approverIdentity: Identity | null;
  createdAt: Instant;
  /** Null until it has fetched its pass. */
  lastSeenAt: Instant | null;
  expiresAt: Instant;
  /** When it was last asked to show its name, and to reload; null: never. */
  identifiedAt: Instant | null;
  reloadedAt: Instant | null;
};

/** What a screen can be asked to do: show its own name for a while, or load its page again. */
export type ScreenCommand = "identify" | "reload";

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
  identified_at: instantOrNull,
  reloaded_at: instantOrNull,
});

export function parseScreen(row: unknown): Screen {
  const parsed = rowSchema.parse(row);
  return {
    id: parsed.id,
    name: parsed.name,
    displaySettings: parsed.display_settings,
    orgs: parsed.orgs,
    approvedBy: parsed.approved_by,
    approver: parsed.approver,
    approverIdentity: parsed.approver_identity,
    createdAt: parsed.created_at,
    lastSeenAt: parsed.last_seen_at,
    expiresAt: parsed.expires_at,
    identifiedAt: parsed.identified_at,
    reloadedAt: parsed.reloaded_at,
  };
}

/** Queries for screens. Revoked screens are treated as missing, except by `restore`. */
export function openScreens(db: Kysely<Database>) {
  const unrevoked = () => db.selectFrom("screen").selectAll().where("revoked_at", "is", null);
  return {
    /** Null for an unknown, expired or revoked pass. */
    find: asHistory(async (passHash: string, now: Instant): Promise<Screen | null> => {
      const row = await unrevoked()
        .where("pass_hash", "=", passHash)
        .where("expires_at", ">", now)
        .executeTakeFirst();
      return row === undefined ? null : parseScreen(row);
    }),
    /** Screens whose pass has not expired, approved by one user or by any (null), newest first. */
    list: asHistory(
      async (approvedBy: string | null, now: Instant, most: number = mostListed): Promise<Screen[]> => {
        const all = unrevoked().where("expires_at", ">", now);
        const rows = await (approvedBy === null ? all : all.where("approved_by", "=", approvedBy))
          .orderBy("created_at", "desc")
          .orderBy("id")
          .limit(most)
          .execute();
        return rows.map(parseScreen);
      },
    ),
    read: asHistory(async (id: string): Promise<Screen | null> => {
      const row = await unrevoked().where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : parseScreen(row);
    }),
    /** A screen that was revoked after `since`; null for any other. */
    readRevoked: asHistory(async (id: string, since: Instant): Promise<Screen | null> => {
      const row = await db
        .selectFrom("screen")
        .selectAll()
        .where("id", "=", id)
        .where("revoked_at", ">", since)
        .executeTakeFirst();
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
          .where("revoked_at", "is", null)
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      },
    ),
    /** Asks a screen to show its name, or to reload. False if there is no such screen. */
    command: asHistory(async (id: string, what: ScreenCommand, now: Instant): Promise<boolean> => {
      const { numUpdatedRows } = await db
        .updateTable("screen")
        .set(what === "identify" ? { identified_at: now } : { reloaded_at: now })
        .where("id", "=", id)
        .where("revoked_at", "is", null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    }),
    /** Its pass stops working at once. False if there is no such screen. */
    revoke: asHistory(async (id: string, now: Instant): Promise<boolean> => {
      const { numUpdatedRows } = await db
        .updateTable("screen")
        .set({ revoked_at: now })
        .where("id", "=", id)
        .where("revoked_at", "is", null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    }),
    /** Makes the pass of a screen work again that was revoked after `since`. False if it was not. */
    restore: asHistory(async (id: string, since: Instant): Promise<boolean> => {
      const { numUpdatedRows } = await db
        .updateTable("screen")
        .set({ revoked_at: null })
        .where("id", "=", id)
        .where("revoked_at", ">", since)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    }),
    /** Revokes every screen that a user approved. Resolves with their number. */
    revokeAllOf: asHistory(async (subject: string): Promise<number> => {
      const { numDeletedRows } = await db
        .deleteFrom("screen")
        .where("approved_by", "=", subject)
        .executeTakeFirst();
      return Number(numDeletedRows);
    }),
    /** Updates the stored identity of a user on the screens that they approved. */
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
