import "server-only";

import type { Kysely } from "kysely";
import * as z from "zod";

import type { Instant } from "@/lib/domain/instant";

import { asHistory } from "./database-problem";
import { instantOrNull, orgsOrNull } from "./columns";
import type { Database } from "./schema";

/** An account that signs in with a password. Only the hash of the password is stored. */
export type Account = {
  name: string;
  passwordHash: string;
  /** Whether someone else generated the password; the owner must replace it at the first sign-in. */
  isOneTime: boolean;
  /** When a one-time password expires; null: never, or it is not one. */
  oneTimeUntil: Instant | null;
  role: "viewer" | "administrator";
  orgs: readonly string[] | null;
};

const rowSchema = z.object({
  name: z.string(),
  password_hash: z.string(),
  is_one_time: z.coerce.number(),
  one_time_until: instantOrNull,
  role: z.enum(["viewer", "administrator"]),
  orgs: orgsOrNull,
});

function parseAccount(row: unknown): Account {
  const { password_hash, is_one_time, one_time_until, ...rest } = rowSchema.parse(row);
  return {
    ...rest,
    passwordHash: password_hash,
    isOneTime: is_one_time === 1,
    oneTimeUntil: one_time_until,
  };
}

function toRow({ name, passwordHash, isOneTime, oneTimeUntil, role, orgs }: Account, now: Instant) {
  return {
    name,
    password_hash: passwordHash,
    is_one_time: isOneTime ? 1 : 0,
    one_time_until: oneTimeUntil,
    role,
    orgs: orgs === null ? null : JSON.stringify(orgs),
    changed_at: now,
  };
}

const mostListed = 1_000;

/** Queries for accounts with a password. */
export function openAccounts(db: Kysely<Database>) {
  return {
    find: asHistory(async (name: string): Promise<Account | null> => {
      const row = await db.selectFrom("account").selectAll().where("name", "=", name).executeTakeFirst();
      return row === undefined ? null : parseAccount(row);
    }),
    /** The first 1,000 accounts by name. */
    list: asHistory(async (): Promise<Account[]> => {
      const rows = await db.selectFrom("account").selectAll().orderBy("name").limit(mostListed).execute();
      return rows.map(parseAccount);
    }),
    /** False if there is no such account. */
    remove: asHistory(async (name: string): Promise<boolean> => {
      const { numDeletedRows } = await db.deleteFrom("account").where("name", "=", name).executeTakeFirst();
      return numDeletedRows > 0n;
    }),
    isEmpty: asHistory(async (): Promise<boolean> => {
      const row = await db.selectFrom("account").select("name").limit(1).executeTakeFirst();
      return row === undefined;
    }),
    /** Adds an account. False if the name is taken; the existing account stays unchanged. */
    add: asHistory(async (account: Account, now: Instant): Promise<boolean> => {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("account")
        .values(toRow(account, now))
        .onConflict((conflict) => conflict.column("name").doNothing())
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    }),
    /** Adds an account, or replaces the one with the same name. */
    put: asHistory(async (account: Account, now: Instant): Promise<void> => {
      const row = toRow(account, now);
      await db
        .insertInto("account")
        .values(row)
        .onConflict((conflict) => conflict.column("name").doUpdateSet(row))
        .execute();
    }),
    /** Changes what an account may see and do. False if there is no such account. */
    changeAccess: asHistory(
      async (
        name: string,
        { role, orgs }: Pick<Account, "role" | "orgs">,
        now: Instant,
      ): Promise<boolean> => {
        const { numUpdatedRows } = await db
          .updateTable("account")
          .set({ role, orgs: orgs === null ? null : JSON.stringify(orgs), changed_at: now })
          .where("name", "=", name)
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      },
    ),
    /**
     * The names of the administrators. Within a transaction their rows stay locked until its end, so that two
     * administrators cannot remove each other at the same time.
     */
    lockAdministrators: asHistory(async (): Promise<string[]> => {
      const rows = await db
        .updateTable("account")
        .set({ role: "administrator" })
        .where("role", "=", "administrator")
        .where("orgs", "is", null)
        .returning("name")
        .execute();
      return rows.map(({ name }) => name);
    }),
    /** Replaces the password hash. False if `former` is no longer the account's hash. */
    changePassword: asHistory(
      async (name: string, former: string, next: string, now: Instant): Promise<boolean> => {
        const { numUpdatedRows } = await db
          .updateTable("account")
          .set({ password_hash: next, is_one_time: 0, one_time_until: null, changed_at: now })
          .where("name", "=", name)
          .where("password_hash", "=", former)
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      },
    ),
  };
}
