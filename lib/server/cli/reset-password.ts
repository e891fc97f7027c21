import "server-only";

import type { Instant } from "@/lib/domain/instant";
import type { Role } from "@/lib/domain/role";
import { roles } from "@/lib/domain/role";
import { hashPassword, newOneTimePassword } from "@/lib/server/access/password";

import type { Account } from "../db/accounts";
import { toPasswordSubject } from "../db/remove-account";
import type { HistoryStore } from "../db/store";

/** Who the audit log and the lists say did it. */
export const commandLine = "command line";

export type PasswordRequest = { name: string; role: Role | null; orgs: readonly string[] | null };

/** Parses `NAME [viewer|administrator] [ORG,ORG]`. Throws if they are invalid. */
export function parsePasswordRequest([name = "", role, list]: readonly string[]): PasswordRequest {
  if (!/^\S{1,200}$/.test(name)) throw new Error("the account's NAME is missing or invalid.");
  const access = role === undefined ? { role: null, orgs: parseOrgs(list) } : parseAccess(role, list);
  return { name: name.toLowerCase(), ...access };
}

/** Parses a role and the organizations that limit it. Throws if they are invalid. */
export function parseAccess(role: string, list?: string): Pick<Account, "role" | "orgs"> {
  const known = roles.find((each) => each === role);
  if (known === undefined) throw new Error(`${role} is not a role: use ${roles.join(" or ")}.`);
  const orgs = parseOrgs(list);
  if (known === "administrator" && orgs !== null) {
    throw new Error(
      `an administrator cannot be limited to ${orgs.join(", ")}: the audit log, the diagnostics, all sessions and all screens belong to no organization. Leave out the organizations, or use viewer.`,
    );
  }
  return { role: known, orgs };
}

function parseOrgs(list = ""): string[] | null {
  const orgs = [...new Set(list.split(",").filter((org) => org !== ""))];
  return orgs.length === 0 ? null : orgs;
}

/**
 * Gives an account a one-time password, audited, and creates the account if it does not exist. Role and organizations
 * stay unless given. Ends its sessions and resets all sign-in limits.
 */
export async function resetPassword(
  { attempts, audited }: Pick<HistoryStore, "attempts" | "audited">,
  request: PasswordRequest,
  now: Instant,
): Promise<{ password: string; role: Role; isNew: boolean }> {
  const password = newOneTimePassword();
  const passwordHash = await hashPassword(password);
  const done = await audited.change(async ({ accounts, audit, sessions }) => {
    const former = await accounts.find(request.name);
    const role = request.role ?? former?.role ?? "viewer";
    const orgs = request.role === null ? (former?.orgs ?? null) : request.orgs;
    const { name } = request;
    await accounts.put({ name, passwordHash, isOneTime: true, oneTimeUntil: null, role, orgs }, now);
    await sessions.endAllOf(toPasswordSubject(name));
    const action = former === null ? "added a person" : "reset a password";
    await audit.add({ at: now, actor: commandLine, action, about: describeAccess({ name, role, orgs }) });
    return { role, isNew: former === null };
  });
  await attempts.invalidateAll();
  return { password, ...done };
}

/** For the audit log and for the answer of a command. */
export function describeAccess({ name, role, orgs }: Pick<Account, "name" | "role" | "orgs">): string {
  return `${name}, ${role}${orgs === null ? "" : ` of ${orgs.join(", ")}`}`;
}
