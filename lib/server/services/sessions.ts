import "server-only";

import { randomUUID } from "node:crypto";

import { sessionListSchema, type SessionList, type SessionView } from "@/lib/contract/session";
import { second } from "@/lib/domain/instant";
import { authorize } from "@/lib/server/access/authorize";
import { readCookie, writeCookie } from "@/lib/server/access/cookies";
import { toGrant } from "@/lib/server/access/entry-rules";
import { toSafeGrant, type Person } from "@/lib/server/access/principal";
import { hashSecretToken, newSecretToken } from "@/lib/server/access/secret-token";
import type { Context } from "@/lib/server/context";
import type { Identity, Session } from "@/lib/server/db/sessions";

import { encode, type Answer } from "./answer";
import { changeAudited } from "./audit";
import { notFound } from "./errors";
import { idleLifetime, sessionLifetime } from "./identify";

const longestBrowser = 300;

/** A person who has just proved who they are. */
type Newcomer = { subject: string; account: string; identity: Identity };

/**
 * Starts a session in place of the one that the browser had, and resolves with the cookie that holds it. The token is
 * new each time, so that a token planted before the sign-in is worth nothing.
 */
export async function startSession(
  ctx: Context,
  { newcomer, headers }: { newcomer: Newcomer; headers: Headers },
): Promise<string> {
  const { at } = ctx.clock();
  const { subject, account, identity } = newcomer;
  const token = newSecretToken();
  const former = await findSession(ctx, headers);
  const session: Session = {
    id: randomUUID(),
    ...newcomer,
    browser: headers.get("user-agent")?.slice(0, longestBrowser) ?? null,
    createdAt: at,
    lastSeenAt: at,
    expiresAt: at + idleLifetime,
  };
  await changeAudited(
    ctx,
    { actor: account, action: "signed in", about: describeMethod(identity) },
    async ({ guestLinks, screens, sessions }) => {
      if (former !== null) await sessions.end(former.session.id);
      await sessions.add(session, hashSecretToken(token) ?? "");
      if (identity.kind === "password") return;
      await screens.noteApprover(subject, identity);
      await guestLinks.noteMaker(subject, identity);
    },
  );
  if (former !== null) ctx.lookups.sessions.invalidate(former.hash);
  const { publicUrl } = ctx.settings;
  return writeCookie("session", token, { publicUrl, lifetime: sessionLifetime });
}

function describeMethod(identity: Identity): string {
  return identity.kind === "password" ? "with a password" : `through ${identity.provider}`;
}

/** The session of a browser's cookie, and the hash of its token; null if it has none. */
async function findSession(
  { clock, history, lookups, settings }: Context,
  headers: Headers,
): Promise<{ session: Session; hash: string } | null> {
  const token = readCookie(headers.get("cookie"), "session", settings.publicUrl);
  const hash = token === null ? null : hashSecretToken(token);
  if (hash === null) return null;
  const session = await history.sessions.find(hash, clock().at);
  if (session !== null) return { session, hash };
  lookups.sessions.invalidate(hash);
  return null;
}

/** Ends the browser's session, and resolves with a header that deletes its cookie. */
export async function signOut(ctx: Context, headers: Headers): Promise<{ ended: number; cookie: string }> {
  const found = await findSession(ctx, headers);
  if (found !== null) {
    const { session, hash } = found;
    await changeAudited(ctx, { actor: session.account, action: "signed out" }, ({ sessions }) =>
      sessions.end(session.id),
    );
    ctx.lookups.sessions.invalidate(hash);
  }
  const { publicUrl } = ctx.settings;
  return { ended: found === null ? 0 : 1, cookie: writeCookie("session", "", { publicUrl, lifetime: 0 }) };
}

/** A person's own sessions, or all for an administrator, most recently seen first. */
export async function readSessions(ctx: Context, person: Person): Promise<Answer<SessionList>> {
  const subject = authorize(person, "session:read-all", null) ? null : person.subject;
  const sessions = await ctx.history.sessions.list(subject, ctx.clock().at);
  const body = { sessions: sessions.map((session) => toView(ctx, session, person)) };
  return { ...encode(sessionListSchema, body), age: null, nextPollIn: 15 * second };
}

function toView({ settings }: Context, session: Session, person: Person): SessionView {
  const { access } = settings;
  const { identity } = session;
  const grant =
    identity.kind === "password"
      ? toSafeGrant(identity)
      : access.kind === "open"
        ? null
        : toGrant(identity, access.rules);
  return {
    id: session.id,
    account: session.account,
    role: grant?.role ?? "viewer",
    browser: session.browser,
    createdAt: session.createdAt,
    lastSeenAt: session.lastSeenAt,
    expiresAt: session.expiresAt,
    isThis: session.id === person.sessionId,
  };
}

/** Ends one session, from its next request on. Throws not_found if this person must not end it, too. */
export async function endSession(
  ctx: Context,
  { person, sessionId }: { person: Person; sessionId: string },
): Promise<{ ended: number }> {
  const session = await ctx.history.sessions.read(sessionId, ctx.clock().at);
  if (session === null || !authorize(person, "session:end", { subject: session.subject }))
    throw notFound("Session");
  await changeAudited(
    ctx,
    { actor: person.account, action: "ended sessions", about: `one of ${session.account}` },
    ({ sessions }) => sessions.end(sessionId),
  );
  ctx.lookups.sessions.invalidateAll();
  return { ended: 1 };
}

/** Ends all of a person's own sessions, including the one that asks. */
export async function endOwnSessions(ctx: Context, person: Person): Promise<{ ended: number }> {
  const ended = await changeAudited(
    ctx,
    { actor: person.account, action: "ended sessions", about: `all of ${person.account}` },
    ({ sessions }) => sessions.endAllOf(person.subject),
  );
  ctx.lookups.sessions.invalidateAll();
  return { ended };
}
