import "server-only";

import { randomUUID } from "node:crypto";

import { sessionListSchema, type SessionList, type SessionView } from "@/lib/contract/session";
import { second } from "@/lib/domain/instant";
import { authorize } from "@/lib/server/access/authorize";
import { readCookie, writeCookie } from "@/lib/server/access/cookies";
import { toGrant } from "@/lib/server/access/entry-rules";
import { toSafeGrant, type Person } from "@/lib/server/access/principal";
import { hashSecretToken, newSecretToken } from "@/lib/server/access/secret-token";
import type { Identity, Session } from "@/lib/server/db/sessions";
import { rollcall } from "@/lib/server/wiring";

import { noteAudit } from "./audit";
import { encode } from "./encoded";
import { idleLifetime, sessionLifetime } from "./identify";
import type { Answer } from "./read-endpoint";

const longestBrowser = 300;

/** Somebody who just proved who they are. */
export type Newcomer = { subject: string; account: string; identity: Identity };

/**
 * Begins a session, in the place of the one that the browser had, and resolves with the cookie that holds it. The
 * token is new each time, so that none can be foisted on anybody before they sign in.
 */
export async function startSession(newcomer: Newcomer, headers: Headers): Promise<string> {
  const { clock, history, settings } = rollcall();
  const { at } = clock();
  const token = newSecretToken();
  await endSessionOf(headers);
  const session: Session = {
    id: randomUUID(),
    ...newcomer,
    browser: headers.get("user-agent")?.slice(0, longestBrowser) ?? null,
    createdAt: at,
    lastSeenAt: at,
    expiresAt: at + idleLifetime,
  };
  await history.sessions.add(session, hashSecretToken(token) ?? "");
  const { subject, identity } = newcomer;
  if (identity.kind === "provider") {
    await history.screens.noteApprover(subject, identity);
    await history.guestLinks.noteMaker(subject, identity);
  }
  await noteAudit(newcomer.account, "signed in", describeWay(newcomer.identity));
  return writeCookie("session", token, { publicUrl: settings.publicUrl, lifetime: sessionLifetime });
}

function describeWay(identity: Identity): string {
  return identity.kind === "password" ? "with a password" : `through ${identity.provider}`;
}

/** Ends the session that a browser shows, if it shows one. Whether it did. */
async function endSessionOf(headers: Headers): Promise<Session | null> {
  const { clock, history, lookups, settings } = rollcall();
  const token = readCookie(headers.get("cookie"), "session", settings.publicUrl);
  const hash = token === null ? null : hashSecretToken(token);
  if (hash === null) return null;
  const session = await history.sessions.find(hash, clock().at);
  if (session !== null) await history.sessions.end(session.id);
  lookups.sessions.invalidate(hash);
  return session;
}

/** Signs out: ends the browser's session, and resolves with what takes its cookie away. */
export async function signOut(headers: Headers): Promise<{ ended: number; cookie: string }> {
  const session = await endSessionOf(headers);
  if (session !== null) await noteAudit(session.account, "signed out");
  const { publicUrl } = rollcall().settings;
  return { ended: session === null ? 0 : 1, cookie: writeCookie("session", "", { publicUrl, lifetime: 0 }) };
}

/** One's own sessions; an administrator's list has everybody's. */
export async function readSessions(person: Person): Promise<Answer<SessionList>> {
  const { clock, history } = rollcall();
  const whose = authorize(person, "session:read-all", null) ? null : person.subject;
  const sessions = await history.sessions.list(whose, clock().at);
  const body = { sessions: sessions.map((session) => toView(session, person)) };
  return { ...encode(sessionListSchema, body), age: null, nextPollIn: 15 * second };
}

function toView(session: Session, person: Person): SessionView {
  const { access } = rollcall().settings;
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

/** Ends one session, from its next request on; null when it is not there, or not this person's to end. */
export async function endSession(person: Person, id: string): Promise<{ ended: number } | null> {
  const { clock, history, lookups } = rollcall();
  const session = await history.sessions.read(id, clock().at);
  if (session === null || !authorize(person, "session:end", { subject: session.subject })) return null;
  await history.sessions.end(id);
  lookups.sessions.invalidateAll();
  await noteAudit(person.account, "ended sessions", `one of ${session.account}`);
  return { ended: 1 };
}

/** Ends all of a person's own sessions, the one that asks included. */
export async function endOwnSessions(person: Person): Promise<{ ended: number }> {
  const { history, lookups } = rollcall();
  const ended = await history.sessions.endAllOf(person.subject);
  lookups.sessions.invalidateAll();
  await noteAudit(person.account, "ended sessions", `all of ${person.account}`);
  return { ended };
}
