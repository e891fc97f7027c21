import "server-only";

import { second, type Duration } from "@/lib/domain/instant";
import { toClientAddress } from "@/lib/server/access/client-address";
import { longestCookie, readCookie, writeCookie } from "@/lib/server/access/cookies";
import { toAccountName, toClaims, toGrant, type ProviderProfile } from "@/lib/server/access/entry-rules";
import { readKnownBrowser, toKnownBrowser } from "@/lib/server/access/known-browser";
import { hashPassword, isPassword, shortestPassword } from "@/lib/server/access/password";
import type { ProviderSettings } from "@/lib/server/config/access";
import type { Context } from "@/lib/server/context";
import type { Account } from "@/lib/server/db/accounts";
import { toPasswordSubject } from "@/lib/server/db/remove-account";

import { changeAudited, logRejection } from "./audit";
import { denied, invalid, tooMany } from "./errors";
import { startSession } from "./sessions";
import { giveBack, takeGuess } from "./take-guess";

/** Signed in; or `choose`: the password is right but was for one sign-in, and must be sent with a new one. */
type SignInOutcome = { state: "entered" | "choose"; cookies: string[] };

type SignInInput = { account: string; password: string; newPassword?: string | undefined };

/** Does not say which of the two is wrong. */
const wrongPassword = () => denied("The account or the password is wrong.");
const busyFor: Duration = 2 * second;

/**
 * Signs in with a password, within the limits of take-guess.ts; a right password does not count against them. Throws
 * denied, too_many, and invalid for a new password that is not acceptable.
 */
export async function signIn(
  ctx: Context,
  { request, headers }: { request: SignInInput; headers: Headers },
): Promise<SignInOutcome> {
  const { blockedGuesses: blocked, clock, history, settings } = ctx;
  const { access, publicUrl } = settings;
  if (access.kind === "open" || !access.hasPasswords) throw denied("Password sign-in is turned off.");
  const name = request.account.trim().toLowerCase();
  const { at } = clock();
  const shown = readCookie(headers.get("cookie"), "known", publicUrl);
  const browser = shown === null ? null : await findBrowser(ctx, name, shown);
  const address = toClientAddress(headers, access.trustedProxies);
  const { attempts } = history;
  const guess = await takeGuess({ attempts, blocked }, { account: name, address, browser }, at);
  if ("nextAt" in guess) {
    await logRejection(ctx, { name, rejection: "not checked", about: "too many attempts" });
    throw tooMany("Too many wrong passwords.", guess.nextAt - at);
  }
  const account = await history.accounts.find(name);
  const isRight = await isPassword(request.password, account?.passwordHash ?? null);
  if (isRight === "busy") {
    await giveBack(attempts, guess.taken);
    throw tooMany("Too many sign-ins at once.", busyFor);
  }
  if (!isRight || account === null) {
    await logRejection(ctx, { name, rejection: "wrong", about: "wrong account or password" });
    throw wrongPassword();
  }
  await giveBack(attempts, guess.taken);
  return enter(ctx, account, { request, headers });
}

/** Reads the account only for a browser that presents a proof, so that a blocked guess costs no query. */
async function findBrowser({ history }: Context, name: string, shown: string): Promise<string | null> {
  const account = await history.accounts.find(name);
  return account === null ? null : readKnownBrowser(shown, name, account.passwordHash);
}

async function enter(
  ctx: Context,
  account: Account,
  { request, headers }: { request: SignInInput; headers: Headers },
): Promise<SignInOutcome> {
  const { newPassword } = request;
  if (account.oneTimeUntil !== null && account.oneTimeUntil <= ctx.clock().at)
    throw denied("This link has expired. Ask an administrator for a new one.");
  if (newPassword === undefined && account.isOneTime) return { state: "choose", cookies: [] };
  const passwordHash =
    newPassword === undefined
      ? account.passwordHash
      : await changePassword(ctx, account, request, newPassword);
  const { name, role, orgs } = account;
  const identity = { kind: "password" as const, role, orgs: orgs === null ? null : [...orgs] };
  const newcomer = { subject: toPasswordSubject(name), account: name, identity };
  const session = await startSession(ctx, { newcomer, headers });
  const { publicUrl } = ctx.settings;
  const shown = readCookie(headers.get("cookie"), "known", publicUrl);
  const known = toKnownBrowser(name, passwordHash, shown);
  const options = { publicUrl, lifetime: longestCookie };
  return { state: "entered", cookies: [session, writeCookie("known", known, options)] };
}

function findFlaw(next: string, { account, password }: SignInInput): string | null {
  if (next === password) return "Choose a password other than the current one.";
  if (Array.from(next).length < shortestPassword)
    return `Choose a password of ${shortestPassword} characters or more.`;
  if (next.toLowerCase().includes(account.trim().toLowerCase()))
    return "Choose a password that does not contain the account’s name.";
  return null;
}

/** Ends all sessions that began with the former password. Resolves with the new hash. */
async function changePassword(
  ctx: Context,
  { name, passwordHash }: Account,
  request: SignInInput,
  next: string,
): Promise<string> {
  const flaw = findFlaw(next, request);
  if (flaw !== null) throw invalid(flaw);
  const hash = await hashPassword(next);
  await changeAudited(
    ctx,
    { actor: name, action: "changed the password" },
    async ({ accounts, sessions }) => {
      // Another request has changed it since.
      if (!(await accounts.changePassword(name, passwordHash, hash, ctx.clock().at))) throw wrongPassword();
      await sessions.endAllOf(toPasswordSubject(name));
    },
  );
  ctx.lookups.sessions.invalidateAll();
  return hash;
}

/**
 * Signs in a person after an identity provider authenticated them. Resolves with the cookie of a new session. Throws
 * denied if no rule gives them access.
 */
export async function enterThroughProvider(
  ctx: Context,
  input: { provider: ProviderSettings; client: { id: string; profile: ProviderProfile }; headers: Headers },
): Promise<string> {
  const { provider, client, headers } = input;
  const { access } = ctx.settings;
  if (access.kind === "open") throw denied("Sign-in is turned off.");
  const claims = toClaims(client.profile, provider.groupsClaim, access.rules);
  const account = toAccountName(client.profile, claims);
  if (client.id === "" || toGrant(claims, access.rules) === null) {
    const about = `no rule gives access (${provider.name})`;
    await logRejection(ctx, { name: account, rejection: "no access", about });
    throw denied("You signed in, but this account does not have access.");
  }
  const { address, values } = claims;
  const identity = {
    kind: "provider" as const,
    provider: provider.id,
    address,
    values: Object.fromEntries(Object.entries(values).map(([claim, texts]) => [claim, [...texts]])),
  };
  const subject = `${provider.id}:${provider.issuer.href}:${client.id}`;
  return startSession(ctx, { newcomer: { subject, account, identity }, headers });
}
