import "server-only";

import { day, minute, type Duration, type Instant } from "@/lib/domain/instant";
import { hashPassword, isPassword, shortestPassword } from "@/lib/server/access/password";
import { hashText } from "@/lib/server/access/secret-token";
import { toVisitorAddress } from "@/lib/server/access/visitor-address";
import type { Account } from "@/lib/server/history/accounts";
import type { Attempt, AttemptLimit } from "@/lib/server/history/attempts";
import { rollcall } from "@/lib/server/wiring";

import { noteAudit } from "./audit";
import { startSession } from "./sessions";

/** What became of a sign-in with a password. */
export type SignInOutcome =
  | { kind: "entered"; cookie: string }
  /** Right, but good once: another has to be chosen with it. `problem` says what is wrong with the one chosen. */
  | { kind: "choose"; problem: string | null }
  /** Account or password are wrong; which of the two is not said. */
  | { kind: "refused" }
  | { kind: "wait"; until: Instant }
  | { kind: "no_passwords" };

type Order = { account: string; password: string; newPassword?: string | undefined };

const guessesWithin: Duration = 15 * minute;
const guessesOfOne = 10;
const guessesOfAll = 300;

/**
 * Signs in with a password. Of an account, and of an address where that is known, 10 guesses are evaluated in any
 * 15 minutes; a right one does not count. Nobody is locked out for longer than that.
 */
export async function signIn(order: Order, headers: Headers): Promise<SignInOutcome> {
  const { clock, history, settings } = rollcall();
  const { access } = settings;
  if (access.kind === "open" || !access.hasPasswords) return { kind: "no_passwords" };
  const name = order.account.trim().toLowerCase();
  const { at } = clock();
  const guess = await takeGuess(toLimits(name, toVisitorAddress(headers, access.trustedProxies)), at);
  if ("nextAt" in guess) return { kind: "wait", until: guess.nextAt };
  const account = await history.accounts.find(name);
  if (!(await isPassword(order.password, account?.passwordHash ?? null)) || account === null) {
    await noteAudit(name.slice(0, longestNoted), "was refused", "wrong account or password");
    return { kind: "refused" };
  }
  await Promise.all(guess.taken.map((attempt) => history.attempts.giveBack(attempt)));
  return enter(account, order, headers);
}

const longestNoted = 80;

async function enter(account: Account, order: Order, headers: Headers): Promise<SignInOutcome> {
  const { newPassword } = order;
  if (newPassword === undefined && account.isOneTime) return { kind: "choose", problem: null };
  if (newPassword !== undefined) {
    const problem = findFlaw(newPassword, order);
    if (problem !== null) return { kind: "choose", problem };
    if (!(await changePassword(account, newPassword))) return { kind: "refused" };
  }
  const { name, role, orgs } = account;
  const identity = { kind: "password" as const, role, orgs: orgs === null ? null : [...orgs] };
  const cookie = await startSession({ subject: toSubject(name), account: name, identity }, headers);
  return { kind: "entered", cookie };
}

/** What a person with a password is called in sessions, screens and links. */
function toSubject(name: string): string {
  return `password:${name}`;
}

function findFlaw(next: string, { account, password }: Order): string | null {
  if (next === password) return "Choose a password other than the one you came in with.";
  if (Array.from(next).length < shortestPassword)
    return `Choose a password of ${shortestPassword} characters or more.`;
  if (next.toLowerCase().includes(account.trim().toLowerCase()))
    return "Choose a password that does not hold the account’s name.";
  return null;
}

/** Ends what was begun with the former password. False: somebody was quicker to change it. */
async function changePassword({ name, passwordHash }: Account, next: string): Promise<boolean> {
  const { clock, history, recall } = rollcall();
  const isChanged = await history.accounts.changePassword(
    name,
    passwordHash,
    await hashPassword(next),
    clock().at,
  );
  if (!isChanged) return false;
  await history.sessions.endAllOf(toSubject(name));
  recall.sessions.forgetAll();
  await noteAudit(name, "changed the password");
  return true;
}

/**
 * Where visitors' addresses are known, somebody who guesses from elsewhere keeps nobody from their own account;
 * where they are not, an account has its guesses from wherever they come, and all together have some more.
 */
function toLimits(name: string, address: string | null): AttemptLimit[] {
  const account = hashText(name);
  const limit = (key: string, most: number) => ({ key, most, within: guessesWithin });
  return address === null
    ? [limit(`account ${account}`, guessesOfOne), limit("all", guessesOfAll)]
    : [limit(`account ${account} ${address}`, guessesOfOne), limit(`address ${address}`, guessesOfOne)];
}

async function takeGuess(
  limits: readonly AttemptLimit[],
  now: Instant,
): Promise<{ taken: Attempt[] } | { nextAt: Instant }> {
  const { attempts } = rollcall().history;
  const taken: Attempt[] = [];
  for (const limit of limits) {
    const attempt = await attempts.take(limit, now);
    if ("nextAt" in attempt) {
      await Promise.all(taken.map((each) => attempts.giveBack(each)));
      return attempt;
    }
    taken.push(attempt);
  }
  await attempts.forgetBefore(now - day);
  return { taken };
}
