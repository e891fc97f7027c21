import "server-only";

import { peopleSchema, type People, type PersonView } from "@/lib/contract/people";
import { second } from "@/lib/domain/instant";
import { toSafeGrant, type Person } from "@/lib/server/access/principal";
import type { Context } from "@/lib/server/context";
import type { Account } from "@/lib/server/db/accounts";
import { toPasswordSubject } from "@/lib/server/db/remove-account";
import type { Session } from "@/lib/server/db/sessions";

import { encode, type Answer } from "./answer";
import { toCurrentGrant } from "./current-grant";

/** Everyone with an account, and people of an identity provider who are signed in, by name. */
export async function readPeople(ctx: Context, person: Person): Promise<Answer<People>> {
  const { access } = ctx.settings;
  const invitations = access.kind === "open" ? "open_access" : access.hasPasswords ? "on" : "provider_only";
  const people = access.kind === "open" ? [] : await listPeople(ctx, person);
  const body: People = { people, orgs: knownOrgs(ctx), invitations };
  return { ...encode(peopleSchema, body), age: null, nextPollIn: 15 * second };
}

async function listPeople(ctx: Context, person: Person): Promise<PersonView[]> {
  const latest = await readLatest(ctx);
  const accounts = (await ctx.history.accounts.list()).map((account) =>
    toPersonView(account, latest, person),
  );
  const others = [...latest.values()]
    .filter(({ identity }) => identity.kind === "provider")
    .map((session) => toProviderView(session, ctx.settings.access, person));
  return [...accounts, ...others].toSorted((a, b) => a.name.localeCompare(b.name));
}

/** `latest` holds the most recently used session of each subject. */
export function toPersonView(
  account: Account,
  latest: ReadonlyMap<string, Session>,
  person: Person,
): PersonView {
  const { name, role, orgs, isOneTime, oneTimeUntil } = account;
  const subject = toPasswordSubject(name);
  const grant = toSafeGrant({ role, orgs });
  return {
    name,
    signsInWith: "password",
    role: grant.role,
    orgs: grant.orgs === null ? null : [...grant.orgs],
    lastSeenAt: latest.get(subject)?.lastSeenAt ?? null,
    isInvited: isOneTime,
    invitedUntil: oneTimeUntil,
    isChangeable: subject !== person.subject,
    isYou: subject === person.subject,
  };
}

/** Their role follows from the rules in the settings, so nothing about them can be changed here. */
function toProviderView(
  { subject, account, identity, lastSeenAt }: Session,
  access: Context["settings"]["access"],
  person: Person,
): PersonView {
  const grant = access.kind === "open" ? null : toCurrentGrant(identity, access);
  return {
    name: account,
    signsInWith: identity.kind === "provider" ? identity.provider : identity.kind,
    role: grant?.role ?? "viewer",
    orgs: grant === null || grant.orgs === null ? null : [...grant.orgs],
    lastSeenAt,
    ...{ isInvited: false, invitedUntil: null, isChangeable: false },
    isYou: subject === person.subject,
  };
}

/** The most recently used session of each subject. */
export async function readLatest({ clock, history }: Context): Promise<ReadonlyMap<string, Session>> {
  const sessions = await history.sessions.latestOfEach(clock().at);
  return new Map(sessions.map((session) => [session.subject, session]));
}

/** The organizations that are watched, or that a reply has named. */
export function knownOrgs({ endpointStore, settings }: Context): string[] {
  const named = settings.organizations.map(({ org }) => org);
  const reported = endpointStore.all().map(({ picture }) => picture?.facts.org ?? null);
  return [...new Set([...named, ...reported])].filter((org) => org !== null).toSorted();
}
