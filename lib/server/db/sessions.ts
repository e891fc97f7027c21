import "server-only";

import type { Kysely } from "kysely";
import * as z from "zod";

import { mostListed } from "@/lib/contract/list-limit";
import type { Instant } from "@/lib/domain/instant";

import { asHistory } from "./database-problem";
import { instant, json } from "./columns";
import type { Database } from "./schema";

/** Who signed in: a password account with its role, or the claims from an identity provider. */
const identitySchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("password"),
    role: z.enum(["viewer", "administrator"]),
    orgs: z.nullable(z.array(z.string())),
  }),
  z.object({
    kind: z.literal("provider"),
    provider: z.string(),
    address: z.nullable(z.string()),
    values: z.record(z.string(), z.array(z.string())),
  }),
]);

export type Identity = z.infer<typeof identitySchema>;

/** A text column that may hold an identity. */
export const identityOrNull = z.nullable(json.pipe(identitySchema));

export function toIdentityColumn(identity: Identity | null): string | null {
  return identity === null ? null : JSON.stringify(identity);
}

/** A session as stored. Only the hash of its token is kept. */
export type Session = {
  id: string;
  /** The user's permanent id. `account` is the displayed name. */
  subject: string;
  account: string;
  identity: Identity;
  /** The browser's name; null if it sent none. */
  browser: string | null;
  createdAt: Instant;
  lastSeenAt: Instant;
  expiresAt: Instant;
};

const rowSchema = z.object({
  id: z.string(),
  subject: z.string(),
  account: z.string(),
  identity: json.pipe(identitySchema),
  browser: z.nullable(z.string()),
  created_at: instant,
  last_seen_at: instant,
  expires_at: instant,
});

function parseSession(row: unknown): Session {
  const { created_at, last_seen_at, expires_at, ...rest } = rowSchema.parse(row);
  return { ...rest, createdAt: created_at, lastSeenAt: last_seen_at, expiresAt: expires_at };
}

const mostUsers = 1_000;

/** Queries for sessions. Expired sessions are treated as missing. */
export function openSessions(db: Kysely<Database>) {
  const valid = (now: Instant) => db.selectFrom("session").selectAll().where("expires_at", ">", now);
  return {
    add: asHistory(async (session: Session, tokenHash: string): Promise<void> => {
      await db
        .insertInto("session")
        .values({
          id: session.id,
          token_hash: tokenHash,
          subject: session.subject,
          account: session.account,
          identity: JSON.stringify(session.identity),
          browser: session.browser,
          created_at: session.createdAt,
          last_seen_at: session.lastSeenAt,
          expires_at: session.expiresAt,
        })
        .execute();
      await db.deleteFrom("session").where("expires_at", "<=", session.createdAt).execute();
    }),
    find: asHistory(async (tokenHash: string, now: Instant): Promise<Session | null> => {
      const row = await valid(now).where("token_hash", "=", tokenHash).executeTakeFirst();
      return row === undefined ? null : parseSession(row);
    }),
    /** The sessions of one user, or of all (null), most recently used first. */
    list: asHistory(async (subject: string | null, now: Instant): Promise<Session[]> => {
      const rows = await (subject === null ? valid(now) : valid(now).where("subject", "=", subject))
        .orderBy("last_seen_at", "desc")
        .orderBy("id")
        .limit(mostListed)
        .execute();
      return rows.map(parseSession);
    }),
    /** Null for an unknown or expired session. */
    read: asHistory(async (id: string, now: Instant): Promise<Session | null> => {
      const row = await valid(now).where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : parseSession(row);
    }),
    /** False if there is no such session. */
    end: asHistory(async (id: string): Promise<boolean> => {
      const { numDeletedRows } = await db.deleteFrom("session").where("id", "=", id).executeTakeFirst();
      return numDeletedRows > 0n;
    }),
    /** Ends all sessions of a user. Resolves with their number. */
    endAllOf: asHistory(async (subject: string): Promise<number> => {
      const { numDeletedRows } = await db
        .deleteFrom("session")
        .where("subject", "=", subject)
        .executeTakeFirst();
      return Number(numDeletedRows);
    }),
    /** The most recently used session of each user, at most 1,000. */
    latestOfEach: asHistory(async (now: Instant): Promise<Session[]> => {
      const rows = await valid(now)
        .where((eb) =>
          eb(
            "id",
            "=",
            eb
              .selectFrom("session as other")
              .select("other.id")
              .whereRef("other.subject", "=", "session.subject")
              .orderBy("other.last_seen_at", "desc")
              .orderBy("other.id")
              .limit(1),
          ),
        )
        .orderBy("account")
        .limit(mostUsers)
        .execute();
      return rows.map(parseSession);
    }),
    /** Updates the identity of a user in all of their sessions, so that it counts from their next request on. */
    noteIdentity: asHistory(async (subject: string, identity: Identity): Promise<void> => {
      await db
        .updateTable("session")
        .set({ identity: JSON.stringify(identity) })
        .where("subject", "=", subject)
        .execute();
    }),
    noteSeen: asHistory(async (id: string, now: Instant, expiresAt: Instant): Promise<void> => {
      await db
        .updateTable("session")
        .set({ last_seen_at: now, expires_at: expiresAt })
        .where("id", "=", id)
        .execute();
    }),
  };
}
