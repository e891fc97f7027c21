import "server-only";

import { day, type Duration } from "@/lib/domain/instant";
import { readCookie } from "@/lib/server/access/cookies";
import { noteEvery } from "@/lib/server/access/last-seen";
import { openAccess, anonymous, type Person, type Principal } from "@/lib/server/access/principal";
import { hashSecretToken, toBearer } from "@/lib/server/access/secret-token";
import type { AccessSettings } from "@/lib/server/config/access";
import type { GuestLink } from "@/lib/server/db/guest-links";
import { rollcall } from "@/lib/server/wiring";

import { readScreenOrgs, toCurrentGrant } from "./current-grant";
import { noteUse, openGuestLink } from "./guest-links";

/** A session ends after so long without a request, and in any case so long after the sign-in. */
export const idleLifetime: Duration = 7 * day;
export const sessionLifetime: Duration = 30 * day;
/** A screen that has not been seen for so long has lost its pass. */
export const screenLifetime: Duration = 90 * day;

/** Who asks, by what their browser shows. Everybody is somebody where access is open. */
export async function identify(headers: Headers): Promise<Principal> {
  const { access, publicUrl } = rollcall().settings;
  if (access.kind === "open") return openAccess(access.role);
  const cookies = headers.get("cookie");
  return (
    (await identifyPerson(readCookie(cookies, "session", publicUrl), access)) ??
    (await identifyScreen(readCookie(cookies, "screen", publicUrl))) ??
    anonymous
  );
}

/** Who asks with a guest link's token, which says itself what it opens. No cookie is looked at. */
export async function identifyGuest(token: string): Promise<Principal> {
  return toGuest(await openGuestLink(token));
}

/** The same by the header that the API takes it in, which counts as a use of the link. */
export async function identifyBearer(headers: Headers): Promise<Principal> {
  const link = await openGuestLink(toBearer(headers.get("authorization")));
  if (link !== null) noteUse(link);
  return toGuest(link);
}

function toGuest(link: GuestLink | null): Principal {
  return link === null ? anonymous : { kind: "guest", linkId: link.id, endpointId: link.endpointId };
}

type SignIn = Extract<AccessSettings, { kind: "sign-in" }>;

async function identifyPerson(token: string | null, access: SignIn): Promise<Person | null> {
  const hash = token === null ? null : hashSecretToken(token);
  if (hash === null) return null;
  const { clock, history, lastSeen, lookups } = rollcall();
  const session = await lookups.sessions.find(hash);
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

async function identifyScreen(pass: string | null): Promise<Principal | null> {
  const hash = pass === null ? null : hashSecretToken(pass);
  if (hash === null) return null;
  const { clock, history, lastSeen, lookups } = rollcall();
  const screen = await lookups.screens.find(hash);
  const now = clock().at;
  if (screen === null || screen.expiresAt <= now) return null;
  if (now - (screen.lastSeenAt ?? 0) > noteEvery) {
    lastSeen.note(screen.id, () => history.screens.noteSeen(screen.id, now, now + screenLifetime));
  }
  const orgs = await readScreenOrgs(screen);
  if (orgs === "none") return null;
  return { kind: "screen", screenId: screen.id, orgs, endpointIds: screen.displaySettings.endpointIds };
}
