import "server-only";

import { invitationRequestSchema } from "@/lib/contract/people";
import type { Instant } from "@/lib/domain/instant";

import type { AuditedTables } from "../db/audited";
import { removeAccountRows, toPasswordSubject } from "../db/remove-account";
import type { HistoryStore } from "../db/store";
import { commandLine, describeAccess, parseAccess, resetPassword } from "./reset-password";

/** One line per account with a password: name, role, organizations, and whether its password is still one-time. */
export async function listAccounts({ accounts }: Pick<HistoryStore, "accounts">): Promise<string> {
  const all = await accounts.list();
  if (all.length === 0) return "No accounts with a password.";
  const width = Math.max(...all.map(({ name }) => name.length));
  return all
    .map(({ name, role, orgs, isOneTime }) => {
      const limit = orgs === null ? "all organizations" : `only ${orgs.join(", ")}`;
      const note = isOneTime ? ", has not chosen a password yet" : "";
      return `${name.padEnd(width)}  ${orgs === null ? role : "viewer"}, ${limit}${note}`;
    })
    .join("\n");
}

/** Adds an account. Resolves with its one-time password. Throws if the name is taken or a word is invalid. */
export async function addAccount(
  store: Pick<HistoryStore, "accounts" | "attempts" | "audited">,
  typed: { name: string; role: string; orgs?: string },
  now: Instant,
): Promise<{ about: string; password: string }> {
  const request = invitationRequestSchema.safeParse({
    name: typed.name,
    ...parseAccess(typed.role, typed.orgs),
  });
  if (!request.success) throw new Error(request.error.issues.map(({ message }) => message).join(" "));
  const { name } = request.data;
  if ((await store.accounts.find(name)) !== null)
    throw new Error(`${name} has an account. Use account role to change its access, or account reset.`);
  const { password } = await resetPassword(store, request.data, now);
  return { about: describeAccess(request.data), password };
}

/**
 * Changes the role and the organizations of an account, audited. Its sessions follow with their next request. Throws if
 * there is no such account.
 */
export async function changeRole(
  { audited }: Pick<HistoryStore, "audited">,
  typed: { name: string; role: string; orgs?: string },
  now: Instant,
): Promise<string> {
  const name = toName(typed.name);
  const access = parseAccess(typed.role, typed.orgs);
  const about = describeAccess({ name, ...access });
  return audited.change(async (tables) => {
    if (!(await tables.accounts.changeAccess(name, access, now))) throw unknownAccount(name);
    const orgs = access.orgs && [...access.orgs];
    await tables.sessions.noteIdentity(toPasswordSubject(name), { kind: "password", ...access, orgs });
    await tables.audit.add({ at: now, actor: commandLine, action: "changed a person’s access", about });
    return `Changed: ${about}.${await warnWithoutAdministrator(tables)}`;
  });
}

/** Gives an account a one-time password and ends its sessions. Throws if there is no such account. */
export async function resetAccount(
  store: Pick<HistoryStore, "accounts" | "attempts" | "audited">,
  typed: string,
  now: Instant,
): Promise<string> {
  const name = toName(typed);
  if ((await store.accounts.find(name)) === null) throw unknownAccount(name);
  return (await resetPassword(store, { name, role: null, orgs: null }, now)).password;
}

/**
 * Removes an account with its sessions, the screens it approved and the guest links it created, audited. Resolves with a
 * sentence that counts them. Throws if there is no such account.
 */
export async function removeAccount(
  { audited }: Pick<HistoryStore, "audited">,
  typed: string,
  now: Instant,
): Promise<string> {
  const name = toName(typed);
  return audited.change(async (tables) => {
    const removed = await removeAccountRows(tables, name, now);
    if (removed === null) throw unknownAccount(name);
    await tables.audit.add({ at: now, actor: commandLine, action: "removed a person", about: name });
    const warning = await warnWithoutAdministrator(tables);
    return `${name} was removed. Sessions ended: ${removed.sessions}, screens revoked: ${removed.screens}, guest links closed: ${removed.guestLinks}.${warning}`;
  });
}

const toName = (typed: string) => typed.trim().toLowerCase();

const unknownAccount = (name: string) => new Error(`no account is named ${name}.`);

async function warnWithoutAdministrator({ accounts }: AuditedTables): Promise<string> {
  const isOneLeft = (await accounts.list()).some(
    ({ role, orgs }) => role === "administrator" && orgs === null,
  );
  return isOneLeft
    ? ""
    : " No administrator with a password is left: add one with rollcall account add NAME --role administrator.";
}
