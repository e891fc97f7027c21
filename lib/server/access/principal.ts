import "server-only";

import type { Role } from "@/lib/domain/role";

/** What a person may see and do. `orgs` limits it to endpoints of these organizations; null: to none in particular. */
export type Grant = { role: Role; orgs: readonly string[] | null };

/**
 * A role within organizations. Audit, diagnostics, sessions and screens belong to no organization, so an administrator
 * is one of all of them; one that was limited before this rule is a viewer of theirs.
 */
export function toSafeGrant({ role, orgs }: Grant): Grant {
  return { role: orgs === null ? role : "viewer", orgs };
}

/** Somebody signed in, or everybody where access is open (`sessionId` is then null). */
export type Person = Grant & {
  kind: "person";
  /** Names the person for good: the way they came in and their id there. */
  subject: string;
  /** What other people know them by: an address or a login. */
  account: string;
  sessionId: string | null;
};

/** Who asks. */
export type Principal =
  | { kind: "anonymous" }
  | Person
  | { kind: "guest"; linkId: string; endpointId: string }
  | {
      kind: "screen";
      screenId: string;
      orgs: readonly string[] | null;
      /** What it was told to show; null: everything that `orgs` lets it. */
      endpointIds: readonly string[] | null;
    };

export const anonymous: Principal = { kind: "anonymous" };

/** Where access is open there is no sign-in; what `role` everybody has is a matter of who can reach the port. */
export function openAccess(role: Role): Person {
  return { kind: "person", subject: "open", account: "openAccess", role, orgs: null, sessionId: null };
}
