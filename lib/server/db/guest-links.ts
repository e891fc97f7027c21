import "server-only";

import type { Kysely } from "kysely";
import * as z from "zod";

import { mostListed } from "@/lib/contract/list-limit";
import type { Instant } from "@/lib/domain/instant";

import { instant, instantOrNull } from "./columns";
import { asHistory } from "./database-problem";
import type { Database } from "./schema";
import { identityOrNull, toIdentityColumn, type Identity } from "./sessions";

/** A guest link as stored. Only the hash of its token is kept. */
export type GuestLink = {
  id: string;
  endpointId: string;
  name: string;
  createdAt: Instant;
  expiresAt: Instant;
  lastUsedAt: Instant | null;
  /** The subject of the user who created it, and their latest identity; null in older rows. */
  madeBy: string | null;
  makerIdentity: Identity | null;
};

const rowSchema = z.object({
  id: z.string(),
  endpoint_id: z.string(),
  name: z.string(),
  created_at: instant,
  expires_at: instant,
  last_used_at: instantOrNull,
  made_by: z.nullable(z.string()),
  maker_identity: identityOrNull,
});

function parseLink(row: unknown): GuestLink {
  const { id, endpoint_id, name, created_at, expires_at, last_used_at, made_by, maker_identity } =
    rowSchema.parse(row);
  return {
    id,
    endpointId: endpoint_id,
    name,
    createdAt: created_at,
    expiresAt: expires_at,
    lastUsedAt: last_used_at,
    madeBy: made_by,
    makerIdentity: maker_identity,
  };
}

/** Queries for guest links. Expired links are treated as missing. */
export function openGuestLinks(db: Kysely<Database>) {
  const valid = (now: Instant) =>
    db.selectFrom("guest_link").selectAll().where("revoked_at", "is", null).where("expires_at", ">", now);
  return {
    add: asHistory(async (link: GuestLink, tokenHash: string): Promise<void> => {
      await db
        .insertInto("guest_link")
        .values({
          id: link.id,
          token_hash: tokenHash,
          endpoint_id: link.endpointId,
          name: link.name,
          created_at: link.createdAt,
          expires_at: link.expiresAt,
          revoked_at: null,
          last_used_at: null,
          made_by: link.madeBy,
          maker_identity: toIdentityColumn(link.makerIdentity),
        })
        .execute();
    }),
    /** The valid links of an endpoint, newest first. */
    list: asHistory(
      async (endpointId: string, now: Instant, most: number = mostListed): Promise<GuestLink[]> => {
        const rows = await valid(now)
          .where("endpoint_id", "=", endpointId)
          .orderBy("created_at", "desc")
          .orderBy("id")
          .limit(most)
          .execute();
        return rows.map(parseLink);
      },
    ),
    /** Null for an unknown, expired or revoked token. */
    find: asHistory(async (tokenHash: string, now: Instant): Promise<GuestLink | null> => {
      const row = await valid(now).where("token_hash", "=", tokenHash).executeTakeFirst();
      return row === undefined ? null : parseLink(row);
    }),
    /** Null for an unknown, expired or revoked link. */
    read: asHistory(async (id: string, now: Instant): Promise<GuestLink | null> => {
      const row = await valid(now).where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : parseLink(row);
    }),
    /** False if there is no such link, or it is already revoked. */
    revoke: asHistory(async (id: string, now: Instant): Promise<boolean> => {
      const { numUpdatedRows } = await db
        .updateTable("guest_link")
        .set({ revoked_at: now })
        .where("id", "=", id)
        .where("revoked_at", "is", null)
        .executeTakeFirst();
      return numUpdatedRows > 0;
    }),
    /** Revokes every valid link that a user created. Resolves with their number. */
    revokeAllOf: asHistory(async (subject: string, now: Instant): Promise<number> => {
      const { numUpdatedRows } = await db
        .updateTable("guest_link")
        .set({ revoked_at: now })
        .where("made_by", "=", subject)
        .where("revoked_at", "is", null)
        .where("expires_at", ">", now)
        .executeTakeFirst();
      return Number(numUpdatedRows);
    }),
    /** Updates the stored identity of a user on the links that they created. */
    noteMaker: asHistory(async (subject: string, identity: Identity): Promise<void> => {
      await db
        .updateTable("guest_link")
        .set({ maker_identity: toIdentityColumn(identity) })
        .where("made_by", "=", subject)
        .execute();
    }),
    noteUse: asHistory(async (id: string, now: Instant): Promise<void> => {
      await db.updateTable("guest_link").set({ last_used_at: now }).where("id", "=", id).execute();
    }),
  };
}
