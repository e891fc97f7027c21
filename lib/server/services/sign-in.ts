import "server-only";

import { second, type Duration, type Instant } from "@/lib/domain/instant";
import { longestCookie, readCookie, writeCookie } from "@/lib/server/access/cookies";
import { readKnownBrowser, toKnownBrowser } from "@/lib/server/access/known-browser";
import { hashPassword, isPassword, shortestPassword } from "@/lib/server/access/password";
import { toClientAddress } from "@/lib/server/access/client-address";
import type { Account } from "@/lib/server/db/accounts";
import { rollcall } from "@/lib/server/wiring";

import { noteAudit } from "./audit";
import { logRejection } from "./log-rejection";
import { startSession } from "./sessions";
import { giveBack, takeGuess } from "./take-guess";

/** What became of a sign-in with a password. */
export type SignInOutcome =
  | { kind: "entered"; cookies: string[] }
  /** Right, but good once: another has to be chosen with it. `problem` says what is wrong with the one chosen. */
  | { kind: "choose"; problem: string | null }
  /** Account or password are wrong; which of the two is not said. */
  | { kind: "refused" }
  | { kind: "wait"; until: Instant }
  | { kind: "no_passwords" };

type SignInInput = { account: string; password: string; newPassword?: string | undefined };

/**
 * Signs in with a password, within the limits of take-guess.ts; a right password does not count. A browser in which
 * the account signed in before has a limit of its own, so strangers lock nobody out of it.
 */
export async function signIn(request: SignInInput, headers: Headers): Promise<SignInOutcome> {
  const { blockedGuesses: blocked, clock, history, settings } = rollcall();
  const { access, publicUrl } = settings;
  if (access.kind === "open" || !access.hasPasswords) return { kind: "no_passwords" };
  const name = request.account.trim().toLowerCase();
  const { at } = clock();
  const shown = readCookie(headers.get("cookie"), "known", publicUrl);
  const browser = shown === null ? null : await findBrowser(name, shown);
  const address = toClientAddress(headers, access.trustedProxies);
  const { attempts } = history;
  const guess = await takeGuess({ attempts, blocked }, { account: name, address, browser }, at);
  if ("nextAt" in guess) {
    await logRejection(name, "not checked", "too many attempts");
    return { kind: "wait", until: guess.nextAt };
  }
  const account = await history.accounts.find(name);
  const isRight = await isPassword(request.password, account?.passwordHash ?? null);
  if (isRight === "busy") {
    await giveBack(attempts, guess.taken);
    return { kind: "wait", until: at + busyFor };
  }
  if (!isRight || account === null) {
    await logRejection(name, "wrong", "wrong account or password");
    return { kind: "refused" };
  }
  await giveBack(attempts, guess.taken);
  return enter(account, request, headers);
}

/** Reads the account only for a browser that shows a proof: a guess that is refused costs no question. */
async function findBrowser(name: string, shown: string): Promise<string | null> {
  const account = await rollcall().history.accounts.find(name);
  return account === null ? null : readKnownBrowser(shown, name, account.passwordHash);
}

const busyFor: Duration = 2 * second;
async function enter(account: Account, request: SignInInput, headers: Headers): Promise<SignInOutcome> {
  const { newPassword } = request;
  let { passwordHash } = account;
  if (newPassword === undefined && account.isOneTime) return { kind: "choose", problem: null };
  if (newPassword !== undefined) {
    const problem = findFlaw(newPassword, request);
    if (problem !== null) return { kind: "choose", problem };
    const hash = await changePassword(account, newPassword);
    if (hash === null) return { kind: "refused" };
    passwordHash = hash;
  }
  const { name, role, orgs } = account;
  const identity = { kind: "password" as const, role, orgs: orgs === null ? null : [...orgs] };
  const session = await startSession({ subject: toSubject(name), account: name, identity }, headers);
  const { publicUrl } = rollcall().settings;
  const shown = readCookie(headers.get("cookie"), "known", publicUrl);
  const known = toKnownBrowser(name, passwordHash, shown);
  const options = { publicUrl, lifetime: longestCookie };
  return { kind: "entered", cookies: [session, writeCookie("known", known, options)] };
}

/** What a person with a password is called in sessions, screens and links. */
function toSubject(name: string): string {
  return `password:${name}`;
}

function findFlaw(next: string, { account, password }: SignInInput): string | null {
  if (next === password) return "Choose a password other than the one you came in with.";
  if (Array.from(next).length < shortestPassword)
    return `Choose a password of ${shortestPassword} characters or more.`;
  if (next.toLowerCase().includes(account.trim().toLowerCase()))
    return "Choose a password that does not hold the account’s name.";
  return null;
}

/** Ends what was begun with the former password. The new hash; null: somebody was quicker to change it. */
async function changePassword({ name, passwordHash }: Account, next: string): Promise<string | null> {
  const { clock, history, lookups } = rollcall();
  const hash = await hashPassword(next);
  if (!(await history.accounts.changePassword(name, passwordHash, hash, clock().at))) return null;
  await history.sessions.endAllOf(toSubject(name));
  lookups.sessions.invalidateAll();
  await noteAudit(name, "changed the password");
  return hash;
}
