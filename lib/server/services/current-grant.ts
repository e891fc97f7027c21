import "server-only";

import { authorize } from "@/lib/server/access/authorize";
import { toGrant } from "@/lib/server/access/entry-rules";
import { toSafeGrant, type Grant } from "@/lib/server/access/principal";
import type { AccessSettings } from "@/lib/server/config/access";
import type { Account } from "@/lib/server/db/accounts";
import type { GuestLink } from "@/lib/server/db/guest-links";
import type { Screen } from "@/lib/server/db/screens";
import type { Identity } from "@/lib/server/db/sessions";
import { rollcall } from "@/lib/server/wiring";

import { findEndpoint } from "./find-endpoint";

type SignIn = Extract<AccessSettings, { kind: "sign-in" }>;
type Orgs = Grant["orgs"];

/** By the rules of now, not of when they signed in: whoever is taken off the list is out with the next start. */
export function toCurrentGrant(identity: Identity, { hasPasswords, providers, rules }: SignIn): Grant | null {
  if (identity.kind === "password") return hasPasswords ? toSafeGrant(identity) : null;
  return providers.some(({ id }) => id === identity.provider) ? toGrant(identity, rules) : null;
}

/**
 * The organizations that a screen shows now: those that it was approved for, as far as the person who approved it
 * still sees them. `"none"` where that person has no access any more.
 */
export async function readScreenOrgs(screen: Screen): Promise<Orgs | "none"> {
  const grant = await readGrant(screen.approvedBy, screen.approverIdentity);
  if (grant === "not known") return screen.orgs;
  return grant === null ? "none" : intersect(screen.orgs, grant.orgs);
}

/** Whether the person who made a guest link may still share its endpoint. */
export async function isLinkUpheld(link: GuestLink): Promise<boolean> {
  if (link.madeBy === null) return true;
  const grant = await readGrant(link.madeBy, link.makerIdentity);
  if (grant === "not known") return true;
  if (grant === null) return false;
  const maker = { kind: "person", ...grant, subject: link.madeBy, account: "", sessionId: null } as const;
  const { endpointId } = link;
  return authorize(maker, "endpoint:share", findEndpoint(endpointId) ?? { endpointId, org: null });
}

async function readGrant(subject: string, identity: Identity | null): Promise<Grant | null | "not known"> {
  const { lookups, settings } = rollcall();
  const name = /^password:(.*)$/s.exec(subject)?.[1];
  return judge(settings.access, subject, {
    identity,
    account: name === undefined ? null : await lookups.accounts.find(name),
  });
}

/**
 * What a person who approved something may do now; null: nothing. "not known" for someone whose identity provider's
 * words were not kept yet (before this release): their screens and links stay until the next sign-in.
 */
export function judge(
  access: AccessSettings,
  subject: string,
  { identity, account }: { identity: Identity | null; account: Account | null },
): Grant | null | "not known" {
  if (access.kind === "open") return { role: access.role, orgs: null };
  if (subject === "open") return null;
  if (subject.startsWith("password:")) {
    return account === null || !access.hasPasswords ? null : toSafeGrant(account);
  }
  return identity === null ? "not known" : toCurrentGrant(identity, access);
}

/** What both lists hold; null is no limit. */
export function intersect(one: Orgs, other: Orgs): Orgs {
  if (one === null) return other;
  return other === null ? one : one.filter((org) => other.includes(org));
}

/** What an identity provider said of the person in a session; null for an account with a password. */
export async function readProviderIdentity(sessionId: string | null): Promise<Identity | null> {
  const { clock, history } = rollcall();
  const session = sessionId === null ? null : await history.sessions.read(sessionId, clock().at);
  return session?.identity.kind === "provider" ? session.identity : null;
}
