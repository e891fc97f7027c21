import "server-only";

import { day, type Duration } from "@/lib/domain/instant";
import type { RequestHeaders } from "@/lib/server/access/client-address";
import { readCookie } from "@/lib/server/access/cookies";
import { noteEvery } from "@/lib/server/access/last-seen";
import { openAccess, anonymous, type Person, type Principal } from "@/lib/server/access/principal";
import {
  hashSecretToken,
  hashServiceToken,
  isServiceToken,
  toBearer,
} from "@/lib/server/access/secret-token";
import type { AccessSettings } from "@/lib/server/config/access";
import type { Context } from "@/lib/server/context";
import type { GuestLink } from "@/lib/server/db/guest-links";
import type { Session } from "@/lib/server/db/sessions";
import { whenKnown, type Soon } from "@/lib/server/soon";

import { readScreenOrgs, toCurrentGrant } from "./current-grant";
import { noteUse, openGuestLink } from "./guest-links";

/** A session ends this long after its last request, and this long after the sign-in at the latest. */
export const idleLifetime: Duration = 7 * day;
export const sessionLifetime: Duration = 30 * day;
/** A screen's pass expires this long after the screen was last seen. */
export const screenLifetime: Duration = 90 * day;

/** Identifies a client by its cookies. In open access every client is the same person. */
export function identify(ctx: Context, headers: RequestHeaders): Soon<Principal> {
  const { access, publicUrl } = ctx.settings;
  if (access.kind === "open") return openAccess(access.role);
  const cookies = headers.get("cookie");
  return whenKnown(
    identifyPerson(ctx, readCookie(cookies, "session", publicUrl), access),
    (person) => person ?? identifyScreen(ctx, readCookie(cookies, "screen", publicUrl)),
  );
}

/**
 * Identifies a caller of the API: by the service token that it sends, whatever cookies come with it, or by its cookies.
 * Under open access a token changes nothing.
 */
export function identifyCaller(ctx: Context, headers: RequestHeaders): Soon<Principal> {
  const bearer = toBearer(headers.get("authorization"));
  const isByToken = isServiceToken(bearer) && ctx.settings.access.kind !== "open";
  return isByToken ? identifyToken(ctx, bearer) : identify(ctx, headers);
}

/** The principal of a service token; anonymous if it is unknown, expired or revoked. Notes its use. */
export async function identifyToken(
  { clock, history, lastSeen, lookups }: Context,
  value: string,
): Promise<Principal> {
  const hash = hashServiceToken(value);
  const token = hash === null ? null : await lookups.serviceTokens.find(hash);
  const now = clock().at;
  if (token === null || token.expiresAt <= now) return anonymous;
  const { id, scopes, orgs } = token;
  if (now - (token.lastUsedAt ?? 0) > noteEvery)
    lastSeen.note(id, () => history.serviceTokens.noteUse(id, now));
  return { kind: "token", tokenId: id, scopes, orgs };
}

/** Identifies a client by the token of a guest link alone, whatever cookies it sends, and returns the link. */
export async function identifyGuest(
  ctx: Context,
  token: string,
): Promise<{ guest: Principal; link: GuestLink | null }> {
  const link = await openGuestLink(ctx, token);
  return { guest: toGuest(link), link };
}

/** The same by the API's header, which counts as a use of the link. */
export async function identifyBearer(ctx: Context, headers: RequestHeaders): Promise<Principal> {
  const link = await openGuestLink(ctx, toBearer(headers.get("authorization")));
  if (link !== null) noteUse(ctx, link);
  return toGuest(link);
}

function toGuest(link: GuestLink | null): Principal {
  return link === null ? anonymous : { kind: "guest", linkId: link.id, endpointId: link.endpointId };
}

type SignIn = Extract<AccessSettings, { kind: "sign-in" }>;

function identifyPerson(ctx: Context, token: string | null, access: SignIn): Soon<Person | null> {
  const hash = token === null ? null : hashSecretToken(token);
  if (hash === null) return null;
  return whenKnown(ctx.lookups.sessions.find(hash), (session) => toPerson(ctx, session, access));
}

function toPerson(
  { clock, history, lastSeen }: Context,
  session: Session | null,
  access: SignIn,
): Person | null {
  const now = clock().at;
  if (session === null || session.expiresAt <= now) return null;
  const grant = toCurrentGrant(session.identity, access);
  if (grant === null) return null;
  if (now - session.lastSeenAt > noteEvery) {
    const expiresAt = Math.min(session.createdAt + sessionLifetime, now + idleLifetime);
    lastSeen.note(session.id, () => history.sessions.noteSeen(session.id, now, expiresAt));
  }
  const { subject, account, id } = session;
  return { kind: "person", subject, account, ...grant, sessionId: id };
}

async function identifyScreen(ctx: Context, pass: string | null): Promise<Principal> {
  const hash = pass === null ? null : hashSecretToken(pass);
  if (hash === null) return anonymous;
  const { clock, history, lastSeen, lookups } = ctx;
  const screen = await lookups.screens.find(hash);
  const now = clock().at;
  if (screen === null || screen.expiresAt <= now) return anonymous;
  if (now - (screen.lastSeenAt ?? 0) > noteEvery) {
    lastSeen.note(screen.id, () => history.screens.noteSeen(screen.id, now, now + screenLifetime));
  }
  const orgs = await readScreenOrgs(ctx, screen);
  if (orgs === "none") return anonymous;
  return { kind: "screen", screenId: screen.id, orgs, endpointIds: screen.displaySettings.endpointIds };
}
