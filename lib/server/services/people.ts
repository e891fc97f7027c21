import "server-only";

import type { AccessChange, Invitation, InvitationRequest, PersonView } from "@/lib/contract/people";
import { pagePaths } from "@/lib/contract/paths";
import { day, type Duration } from "@/lib/domain/instant";
import { hashPassword, newOneTimePassword } from "@/lib/server/access/password";
import type { Person } from "@/lib/server/access/principal";
import type { Context } from "@/lib/server/context";
import type { Account } from "@/lib/server/db/accounts";
import type { AuditedTables } from "@/lib/server/db/audited";
import { removeAccountRows, toPasswordSubject, type RemovedWith } from "@/lib/server/db/remove-account";

import { changeAudited } from "./audit";
import { conflict, denied, invalid, notFound } from "./errors";
import { knownOrgs, readLatest, toPersonView } from "./people-list";

/** How long the link of an invitation works. */
const invitationLifetime: Duration = 3 * day;

/** Creates an account that its owner enters with a link, which works once and within three days. */
export async function invitePerson(
  ctx: Context,
  { person, request }: { person: Person; request: InvitationRequest },
): Promise<Invitation> {
  const { name } = request;
  const grant = toGrant(ctx, request);
  return issueLink(ctx, person, { name, ...grant }, async (account, { accounts }) => {
    if (!(await accounts.add(account, ctx.clock().at)))
      throw conflict(`${name} already has an account. You can change it in the list.`);
  });
}

/**
 * A new link for someone who has an account: an earlier link and the password stop working, and their sessions end.
 * Throws not_found, and conflict for one's own account.
 */
export async function renewInvitation(
  ctx: Context,
  { person, name }: { person: Person; name: string },
): Promise<Invitation> {
  const { role, orgs } = await findOther(ctx, person, name);
  const invitation = await issueLink(ctx, person, { name, role, orgs }, async (account, tables) => {
    await requireAdministrator(tables, person);
    if (!(await tables.accounts.remove(name))) throw notFound("Person");
    await tables.accounts.add(account, ctx.clock().at);
    await tables.sessions.endAllOf(toPasswordSubject(name));
  });
  forgetPeople(ctx);
  return invitation;
}

type Write = (account: Account, tables: AuditedTables) => Promise<void>;

async function issueLink(
  ctx: Context,
  person: Person,
  { name, role, orgs }: Pick<Account, "name" | "role" | "orgs">,
  write: Write,
): Promise<Invitation> {
  const { access, publicUrl } = ctx.settings;
  if (access.kind === "open") throw withoutAccounts();
  if (!access.hasPasswords)
    throw conflict("People sign in through an identity provider here: its rules say who has access.");
  const password = newOneTimePassword();
  const expiresAt = ctx.clock().at + invitationLifetime;
  const account: Account = {
    ...{ name, role, orgs, isOneTime: true, oneTimeUntil: expiresAt },
    passwordHash: await hashPassword(password),
  };
  await changeAudited(
    ctx,
    { actor: person.account, action: "made a sign-in link", about: describe(account) },
    (tables) => write(account, tables),
  );
  // In the fragment, which browsers send to no server: neither proxies nor chat previews learn it.
  const url = new URL(`${pagePaths.invitation(name)}#${password}`, publicUrl);
  return { person: toPersonView(account, new Map(), person), url: url.href, expiresAt };
}

/** Changes a person's role and organizations, from their next request on. Throws not_found, invalid and conflict. */
export async function changePerson(
  ctx: Context,
  { person, name, change }: { person: Person; name: string; change: AccessChange },
): Promise<{ person: PersonView }> {
  const account = await findOther(ctx, person, name);
  const grant = toGrant(ctx, change, account.orgs ?? []);
  const next = { ...account, ...grant };
  await changeAudited(
    ctx,
    { actor: person.account, action: "changed a person’s access", about: describe(next) },
    async (tables) => {
      await requireAdministrator(tables, person);
      if (!(await tables.accounts.changeAccess(name, grant, ctx.clock().at))) throw notFound("Person");
      const identity = { kind: "password" as const, ...grant, orgs: grant.orgs && [...grant.orgs] };
      await tables.sessions.noteIdentity(toPasswordSubject(name), identity);
    },
  );
  forgetPeople(ctx);
  return { person: toPersonView(next, await readLatest(ctx), person) };
}

/** Removes an account with its sessions, screens and guest links. Throws not_found, and conflict for one's own. */
export async function removePerson(
  ctx: Context,
  { person, name }: { person: Person; name: string },
): Promise<RemovedWith> {
  await findOther(ctx, person, name);
  const { at } = ctx.clock();
  const removed = await changeAudited(
    ctx,
    { actor: person.account, action: "removed a person", about: name },
    async (tables) => {
      await requireAdministrator(tables, person);
      const rows = await removeAccountRows(tables, name, at);
      if (rows === null) throw notFound("Person");
      return rows;
    },
  );
  forgetPeople(ctx);
  return removed;
}

const withoutAccounts = () => conflict("Rollcall runs in open access, without accounts.");

/** The account of someone else. No one changes their own access: so one administrator always stays. */
async function findOther({ history, settings }: Context, person: Person, name: string): Promise<Account> {
  if (settings.access.kind === "open") throw withoutAccounts();
  const account = await history.accounts.find(name);
  if (account === null) throw notFound("Person");
  if (person.subject === toPasswordSubject(name))
    throw conflict("You cannot change your own access here. Ask another administrator.");
  return account;
}

/** Throws if another administrator has just taken this role away from the one who asks. */
async function requireAdministrator({ accounts }: AuditedTables, { subject }: Person): Promise<void> {
  const administrators = await accounts.lockAdministrators();
  const isStill = administrators.some((name) => toPasswordSubject(name) === subject);
  if (subject.startsWith(toPasswordSubject("")) && !isStill)
    throw denied("You are no administrator any more.");
}

/** Throws if an administrator would be limited, or an organization is unknown; `known` ones may stay. */
function toGrant(ctx: Context, { role, orgs }: AccessChange, known: readonly string[] = []): AccessChange {
  if (orgs === null) return { role, orgs };
  if (role === "administrator") throw invalid("An administrator cannot be limited to organizations.");
  const all = new Set([...knownOrgs(ctx), ...known]);
  const unknown = orgs.filter((org) => !all.has(org));
  if (unknown.length > 0) throw invalid(`Rollcall watches no organization named ${unknown.join(", ")}.`);
  return { role, orgs: [...new Set(orgs)] };
}

function forgetPeople({ lookups }: Context): void {
  const { sessions, accounts, screens, ownScreens, guestLinks } = lookups;
  for (const cache of [sessions, accounts, screens, ownScreens, guestLinks]) cache.invalidateAll();
}

/** For the audit log. */
function describe({ name, role, orgs }: Pick<Account, "name" | "role" | "orgs">): string {
  return `${name}, ${role}${orgs === null ? "" : ` of ${orgs.join(", ")}`}`;
}
