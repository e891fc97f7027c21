import "server-only";

import { authorize } from "@/lib/server/access/authorize";
import { toGrant } from "@/lib/server/access/entry-rules";
import { toSafeGrant, type Grant } from "@/lib/server/access/principal";
import type { AccessSettings } from "@/lib/server/config/access";
import type { Context } from "@/lib/server/context";
import type { Account } from "@/lib/server/db/accounts";
import type { GuestLink } from "@/lib/server/db/guest-links";
import type { Screen } from "@/lib/server/db/screens";
import type { Identity } from "@/lib/server/db/sessions";

import { findEndpoint } from "./endpoints";

type SignIn = Extract<AccessSettings, { kind: "sign-in" }>;
type Orgs = Grant["orgs"];

/** By the rules in force now, not those at sign-in: a person removed from them loses access at the next start. */
export function toCurrentGrant(identity: Identity, { hasPasswords, providers, rules }: SignIn): Grant | null {
  if (identity.kind === "password") return hasPasswords ? toSafeGrant(identity) : null;
  return providers.some(({ id }) => id === identity.provider) ? toGrant(identity, rules) : null;
}

/**
 * The organizations that a screen may show now: those that it was approved for and that its approver still has access
 * to. `"none"` if the approver no longer has access.
 */
export async function readScreenOrgs(ctx: Context, screen: Screen): Promise<Orgs | "none"> {
  const grant = await readGrant(ctx, screen.approvedBy, screen.approverIdentity);
  if (grant === "unknown") return screen.orgs;
  return grant === null ? "none" : intersect(screen.orgs, grant.orgs);
}

/** Whether the person who created a guest link may still share its endpoint. */
export async function isLinkUpheld(ctx: Context, link: GuestLink): Promise<boolean> {
  if (link.madeBy === null) return true;
  const grant = await readGrant(ctx, link.madeBy, link.makerIdentity);
  if (grant === "unknown") return true;
  if (grant === null) return false;
  const maker = { kind: "person", ...grant, subject: link.madeBy, account: "", sessionId: null } as const;
  const { endpointId } = link;
  return authorize(maker, "endpoint:share", findEndpoint(ctx, endpointId) ?? { endpointId, org: null });
}

async function readGrant(
  { lookups, settings }: Context,
  subject: string,
  identity: Identity | null,
): Promise<Grant | null | "unknown"> {
  const name = /^password:(.*)$/s.exec(subject)?.[1];
  return judge(settings.access, subject, {
    identity,
    account: name === undefined ? null : await lookups.accounts.find(name),
  });
}

/**
 * The current grant of a person who approved or created something; null if they have no access. "unknown" if their
 * identity provider's claims were not stored (before this release): their screens and links stay until their next
 * sign-in.
 */
export function judge(
  access: AccessSettings,
  subject: string,
  { identity, account }: { identity: Identity | null; account: Account | null },
): Grant | null | "unknown" {
  if (access.kind === "open") return { role: access.role, orgs: null };
  if (subject === "open") return null;
  if (subject.startsWith("password:")) {
    return account === null || !access.hasPasswords ? null : toSafeGrant(account);
  }
  return identity === null ? "unknown" : toCurrentGrant(identity, access);
}

/** The organizations in both lists; null is no limit. */
export function intersect(one: Orgs, other: Orgs): Orgs {
  if (one === null) return other;
  return other === null ? one : one.filter((org) => other.includes(org));
}

/** The claims of an identity provider in a session; null for an account with a password. */
export async function readProviderIdentity(
  { clock, history }: Context,
  sessionId: string | null,
): Promise<Identity | null> {
  const session = sessionId === null ? null : await history.sessions.read(sessionId, clock().at);
  return session?.identity.kind === "provider" ? session.identity : null;
}
