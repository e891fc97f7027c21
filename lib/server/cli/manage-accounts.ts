import "server-only";

import { removeAccountRows } from "../db/remove-account";
import type { HistoryStore } from "../db/store";

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

/**
 * Removes an account with its sessions, the screens it approved and the guest links it created. Resolves with a sentence
 * that counts them. Throws if there is no such account.
 */
export async function removeAccount(
  store: Pick<HistoryStore, "accounts" | "guestLinks" | "screens" | "sessions">,
  typed: string,
  now: number,
): Promise<string> {
  const name = typed.trim().toLowerCase();
  const removed = await removeAccountRows(store, name, now);
  if (removed === null) throw new Error(`no account is named ${name}.`);
  const left = (await store.accounts.list()).some(
    ({ role, orgs }) => role === "administrator" && orgs === null,
  );
  const warning = left
    ? ""
    : " No administrator with a password is left: create one with rollcall password NAME administrator.";
  return `${name} was removed. Sessions ended: ${removed.sessions}, screens revoked: ${removed.screens}, guest links closed: ${removed.guestLinks}.${warning}`;
}
