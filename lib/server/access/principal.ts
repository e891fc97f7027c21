import "server-only";

import type { Role } from "@/lib/domain/role";
import type { TokenScope } from "@/lib/domain/token-scope";

/** What a user may see and do. `orgs` limits it to endpoints of these organizations; null: no limit. */
export type Grant = { role: Role; orgs: readonly string[] | null };

/**
 * Turns an administrator who is limited to organizations into a viewer of them: audit, diagnostics, sessions and screens
 * belong to no organization. Settings reject such a rule, but older rows may hold one.
 */
export function toSafeGrant({ role, orgs }: Grant): Grant {
  return { role: orgs === null ? role : "viewer", orgs };
}

/** A signed-in user, or any user under open access (`sessionId` is then null). */
export type Person = Grant & {
  kind: "person";
  /** A permanent id: the sign-in method and the id there. */
  subject: string;
  /** The name shown to others: an address or a login. */
  account: string;
  sessionId: string | null;
};

/** The caller of a request. */
export type Principal =
  | { kind: "anonymous" }
  | Person
  | { kind: "guest"; linkId: string; endpointId: string }
  /** A program with a service token. */
  | { kind: "token"; tokenId: string; scopes: readonly TokenScope[]; orgs: readonly string[] | null }
  | {
      kind: "screen";
      screenId: string;
      orgs: readonly string[] | null;
      /** The endpoints to show; null: all in `orgs`. */
      endpointIds: readonly string[] | null;
    };

export const anonymous: Principal = { kind: "anonymous" };

/** The principal of every request under open access. The role depends on who can reach the port. */
export function openAccess(role: Role): Person {
  return { kind: "person", subject: "open", account: "open access", role, orgs: null, sessionId: null };
}
