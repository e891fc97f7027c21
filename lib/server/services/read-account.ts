import "server-only";

import type { AccountView } from "@/lib/contract/session";
import type { Person } from "@/lib/server/access/principal";

/** What somebody is told of themselves; null where everybody is let in without a name. */
export function readAccount({ account, role, orgs, sessionId, subject }: Person): AccountView | null {
  if (sessionId === null) return null;
  return {
    account,
    role,
    orgs: orgs === null ? null : [...orgs],
    hasPassword: subject.startsWith("password:"),
  };
}
