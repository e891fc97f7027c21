import "server-only";

import type { Kysely } from "kysely";
import * as z from "zod";

import { mostListed } from "@/lib/contract/list-limit";
import type { Instant } from "@/lib/domain/instant";

import { instant, instantOrNull } from "./columns";
import { asHistory } from "./database-problem";
import type { Database } from "./schema";
import { identityOrNull, toIdentityColumn, type Identity } from "./sessions";

/** A guest link as it is kept: of its token only the hash. */
export type GuestLink = {
  id: string;
  endpointId: string;
  name: string;
  createdAt: Instant;
  expiresAt: Instant;
  lastUsedAt: Instant | null;
  /** The subject of who made it, and what their identity provider said last; null in older rows. */
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
    /** The newest links of an endpoint that still open, newest first. */
    list: asHistory(
      async (endpointId: string, now: Instant, most: number = mostListed): Promise<GuestLink[]> => {
        const rows = await db
          .selectFrom("guest_link")
          .selectAll()
          .where("endpoint_id", "=", endpointId)
          .where("revoked_at", "is", null)
          .where("expires_at", ">", now)
          .orderBy("created_at", "desc")
          .orderBy("id")
          .limit(most)
          .execute();
        return rows.map(parseLink);
      },
    ),
    /** Null alike for a token that is unknown, past its end or revoked. */
    find: asHistory(async (tokenHash: string, now: Instant): Promise<GuestLink | null> => {
      const row = await db
        .selectFrom("guest_link")
        .selectAll()
        .where("token_hash", "=", tokenHash)
        .where("revoked_at", "is", null)
        .where("expires_at", ">", now)
        .executeTakeFirst();
      return row === undefined ? null : parseLink(row);
    }),
    /** The link with this id; null alike for one that is past its end or revoked. */
    read: asHistory(async (id: string, now: Instant): Promise<GuestLink | null> => {
      const row = await db
        .selectFrom("guest_link")
        .selectAll()
        .where("id", "=", id)
        .where("revoked_at", "is", null)
        .where("expires_at", ">", now)
        .executeTakeFirst();
      return row === undefined ? null : parseLink(row);
    }),
    /** Whether there was such a link to revoke. */
    revoke: asHistory(async (id: string, now: Instant): Promise<boolean> => {
      const { numUpdatedRows } = await db
        .updateTable("guest_link")
        .set({ revoked_at: now })
        .where("id", "=", id)
        .where("revoked_at", "is", null)
        .executeTakeFirst();
      return numUpdatedRows > 0;
    }),
    /** Closes every link that a person made, and says how many there were. */
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
    /** Keeps what an identity provider said of a person now, for the links that they made. */
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
