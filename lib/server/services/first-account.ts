import "server-only";

import { hashPassword, newOneTimePassword } from "@/lib/server/access/password";
import type { Settings } from "@/lib/server/config/settings";
import type { HistoryStore } from "@/lib/server/db/store";

/** What the first account is called. */
const firstAccount = "admin";

/**
 * Where people sign in with passwords and nobody has one yet: makes an administrator whose password is good for
 * one sign-in, and prints it, once, beside the log.
 */
export async function makeFirstAccount(
  { access, publicUrl }: Settings,
  { accounts }: HistoryStore,
): Promise<void> {
  if (access.kind === "open" || !access.hasPasswords || !(await accounts.isEmpty())) return;
  const password = newOneTimePassword();
  const account = {
    name: firstAccount,
    passwordHash: await hashPassword(password),
    isOneTime: true,
    role: "administrator" as const,
    orgs: null,
  };
  // Another instance may have been quicker.
  if (!(await accounts.add(account, Date.now()))) return;
  process.stderr.write(
    `\nSign in at ${publicUrl.origin} as ${firstAccount} with this password, which is good once:\n\n    ${password}\n\nIt is not shown again. Lost? npm run -s rollcall password ${firstAccount}\n\n`,
  );
}
