import "server-only";

import type { Kysely } from "kysely";
import * as z from "zod";

import { mostListed } from "@/lib/contract/list-limit";
import type { Instant } from "@/lib/domain/instant";
import { tokenScopes, type TokenScope } from "@/lib/domain/token-scope";

import { instant, instantOrNull, json, orgsOrNull } from "./columns";
import { asHistory } from "./database-problem";
import type { Database } from "./schema";

/** The token of a program, as stored. Only the hash of its value is kept. */
export type ServiceToken = {
  id: string;
  /** No two tokens have the same name. */
  name: string;
  scopes: readonly TokenScope[];
  /** The organizations that it is limited to; null: no limit. */
  orgs: readonly string[] | null;
  /** The displayed name of the person who made it. It works on when they leave. */
  madeBy: string;
  createdAt: Instant;
  expiresAt: Instant;
  lastUsedAt: Instant | null;
};

const scopesSchema = json.pipe(z.array(z.string())).transform((all) => {
  // A newer build may know more scopes; what this one does not know allows nothing.
  return tokenScopes.filter((scope) => all.includes(scope));
});

const rowSchema = z.object({
  id: z.string(),
  name: z.string(),
  scopes: scopesSchema,
  orgs: orgsOrNull,
  made_by: z.string(),
  created_at: instant,
  expires_at: instant,
  last_used_at: instantOrNull,
});

function parseToken(row: unknown): ServiceToken {
  const { id, name, scopes, orgs, made_by, created_at, expires_at, last_used_at } = rowSchema.parse(row);
  return {
    ...{ id, name, scopes, orgs },
    madeBy: made_by,
    createdAt: created_at,
    expiresAt: expires_at,
    lastUsedAt: last_used_at,
  };
}

/** Queries for service tokens. Revoked ones are deleted; expired ones are listed until they are pruned. */
export function openServiceTokens(db: Kysely<Database>) {
  return {
    /** False if another token has this name. */
    add: asHistory(async (token: ServiceToken, tokenHash: string): Promise<boolean> => {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("service_token")
        .values({
          id: token.id,
          token_hash: tokenHash,
          name: token.name,
          scopes: JSON.stringify(token.scopes),
          orgs: token.orgs === null ? null : JSON.stringify(token.orgs),
          made_by: token.madeBy,
          created_at: token.createdAt,
          expires_at: token.expiresAt,
          last_used_at: token.lastUsedAt,
        })
        .onConflict((conflict) => conflict.column("name").doNothing())
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    }),
    /** Null for an unknown, expired or revoked value. */
    find: asHistory(async (tokenHash: string, now: Instant): Promise<ServiceToken | null> => {
      const row = await db
        .selectFrom("service_token")
        .selectAll()
        .where("token_hash", "=", tokenHash)
        .where("expires_at", ">", now)
        .executeTakeFirst();
      return row === undefined ? null : parseToken(row);
    }),
    /** All tokens by name, also expired ones. */
    list: asHistory(async (most: number = mostListed): Promise<ServiceToken[]> => {
      const rows = await db.selectFrom("service_token").selectAll().orderBy("name").limit(most).execute();
      return rows.map(parseToken);
    }),
    /** Resolves with the name of the revoked token; null if there is no such token. */
    revoke: asHistory(async (by: { id: string } | { name: string }): Promise<string | null> => {
      const all = db.deleteFrom("service_token").returning("name");
      const one = "id" in by ? all.where("id", "=", by.id) : all.where("name", "=", by.name);
      return (await one.executeTakeFirst())?.name ?? null;
    }),
    noteUse: asHistory(async (id: string, now: Instant): Promise<void> => {
      await db.updateTable("service_token").set({ last_used_at: now }).where("id", "=", id).execute();
    }),
  };
}

/** Why a token cannot be limited like this; null if it can. Metrics are of the whole installation. */
export function limitProblem({
  scopes,
  orgs,
}: {
  scopes: readonly TokenScope[];
  orgs: readonly string[] | null;
}): string | null {
  return orgs !== null && scopes.includes("metrics")
    ? "Metrics are of the whole installation: a token for them cannot be limited to organizations."
    : null;
}

/** For the audit log. */
export function describeToken({
  name,
  scopes,
  orgs,
}: Pick<ServiceToken, "name" | "scopes" | "orgs">): string {
  return `${name}, ${scopes.join(" and ")}${orgs === null ? "" : ` of ${orgs.join(", ")}`}`;
}
