import "server-only";

import { toBasePath } from "@/lib/contract/base-path";
import type { AccountView, Viewer } from "@/lib/contract/session";
import type { SignInMethods } from "@/lib/contract/sign-in";
import { toOwnAddress } from "@/lib/server/access/own-origin";
import { hashPassword, newOneTimePassword } from "@/lib/server/access/password";
import type { Person, Principal } from "@/lib/server/access/principal";
import { commandLine } from "@/lib/server/config/command-line";
import type { Settings } from "@/lib/server/config/settings";
import type { Context } from "@/lib/server/context";
import type { HistoryStore } from "@/lib/server/db/store";

/** A person's account; null in open access, which has no accounts. */
export function readAccount({ account, role, orgs, sessionId, subject }: Person): AccountView | null {
  if (sessionId === null) return null;
  return {
    account,
    role,
    orgs: orgs === null ? null : [...orgs],
    hasPassword: subject.startsWith("password:"),
  };
}

/** Who looks at a page, for its header. */
export function readViewer(principal: Principal): Viewer {
  if (principal.kind !== "person") return null;
  const account = readAccount(principal);
  return account === null ? { kind: "open", role: principal.role } : { kind: "account", account };
}

/** How people can sign in, and the page that they go to afterwards. */
export function readSignInMethods({ settings }: Context, { to }: { to: string | null }): SignInMethods {
  const { access, publicUrl } = settings;
  const isOpen = access.kind === "open";
  return {
    to: toOwnAddress(to, publicUrl),
    hasPasswords: !isOpen && access.hasPasswords,
    providers: isOpen ? [] : access.providers.map(({ id, name }) => ({ id, name })),
  };
}

const firstAccount = "admin";

/**
 * If people sign in with passwords and no account exists yet: creates an administrator with a one-time password, and
 * prints it once, beside the log.
 */
export async function createFirstAccount(
  { access, publicUrl }: Settings,
  { accounts }: Pick<HistoryStore, "accounts">,
): Promise<void> {
  if (access.kind === "open" || !access.hasPasswords || !(await accounts.isEmpty())) return;
  const password = newOneTimePassword();
  const account = {
    name: firstAccount,
    passwordHash: await hashPassword(password),
    isOneTime: true,
    oneTimeUntil: null,
    role: "administrator" as const,
    orgs: null,
  };
  // Another instance may have created it first.
  if (!(await accounts.add(account, Date.now()))) return;
  process.stderr.write(
    `\nSign in at ${publicUrl.origin}${toBasePath(publicUrl)} as ${firstAccount} with this one-time password:\n\n    ${password}\n\nIt is not shown again. Lost it? Run: ${commandLine(`password ${firstAccount}`)}\n\n`,
  );
}
