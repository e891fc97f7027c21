import "server-only";

import type { Role } from "@/lib/domain/role";
import { roles } from "@/lib/domain/role";
import { hashPassword, newOneTimePassword } from "@/lib/server/access/password";

import type { HistoryStore } from "../db/store";

export type PasswordRequest = { name: string; role: Role | null; orgs: readonly string[] | null };

/** Parses `NAME [viewer|administrator] [ORG,ORG]`. Throws if they are invalid. */
export function parsePasswordRequest([name = "", role, list]: readonly string[]): PasswordRequest {
  if (!/^\S{1,200}$/.test(name)) throw new Error("the account's NAME is missing or invalid.");
  const known = roles.find((each) => each === role) ?? null;
  if (role !== undefined && known === null) {
    throw new Error(`${role} is not a role: use ${roles.join(" or ")}.`);
  }
  const orgs = list?.split(",").filter((org) => org !== "") ?? [];
  if (known === "administrator" && orgs.length > 0) {
    throw new Error(
      `an administrator cannot be limited to ${orgs.join(", ")}: the audit log, the diagnostics, all sessions and all screens belong to no organization. Leave out the organizations, or use viewer.`,
    );
  }
  return { name: name.toLowerCase(), role: known, orgs: orgs.length === 0 ? null : orgs };
}

/**
 * Gives an account a one-time password, and creates the account if it does not exist. Role and organizations stay unless
 * given. Ends its sessions and resets all sign-in limits.
 */
export async function resetPassword(
  { accounts, attempts, sessions }: Pick<HistoryStore, "accounts" | "attempts" | "sessions">,
  request: PasswordRequest,
  now: number,
): Promise<{ password: string; role: Role; isNew: boolean }> {
  const former = await accounts.find(request.name);
  const role = request.role ?? former?.role ?? "viewer";
  const password = newOneTimePassword();
  await accounts.put(
    {
      name: request.name,
      passwordHash: await hashPassword(password),
      isOneTime: true,
      oneTimeUntil: null,
      role,
      orgs: request.role === null ? (former?.orgs ?? null) : request.orgs,
    },
    now,
  );
  await sessions.endAllOf(`password:${request.name}`);
  await attempts.invalidateAll();
  return { password, role, isNew: former === null };
}
