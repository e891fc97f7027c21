import { describe, expect, it } from "vitest";

import { day } from "@/lib/domain/instant";
import { toGrant } from "@/lib/server/access/entry-rules";
import { hashPassword } from "@/lib/server/access/password";
import type { Person } from "@/lib/server/access/principal";
import type { DatabaseAddress } from "@/lib/server/config/database";
import type { Context } from "@/lib/server/context";
import { engines } from "@/lib/server/db/testing/engines";

import { identify } from "./identify";
import { changePerson, invitePerson, removePerson, renewInvitation } from "./people";
import { readPeople } from "./people-list";
import { signIn } from "./sign-in";
import { openTestContext } from "./testing/context";

const password = "correct horse battery";

function personOf(name: string): Person {
  return {
    ...{ kind: "person", subject: `password:${name}`, account: name },
    ...{ role: "administrator", orgs: null, sessionId: "s" },
  };
}

const ada = personOf("ada");

async function addAdministrator(ctx: Context, name: string) {
  const account = { name, role: "administrator" as const, orgs: null, isOneTime: false, oneTimeUntil: null };
  await ctx.history.accounts.add({ ...account, passwordHash: await hashPassword(password) }, ctx.clock().at);
}

/** Ada is an administrator. */
async function open(database: DatabaseAddress, variables: Record<string, string> = {}) {
  const ctx = await openTestContext(database, variables);
  await addAdministrator(ctx, "ada");
  return ctx;
}

/** The one-time password in the link, and the account in its query. */
function readLink(url: string) {
  const { hash, searchParams } = new URL(url);
  return { account: searchParams.get("account") ?? "", password: hash.slice(1) };
}

async function enter(ctx: Context, account: string, secret: string, newPassword?: string) {
  const outcome = await signIn(ctx, {
    request: { account, password: secret, newPassword },
    headers: new Headers(),
  });
  if (outcome.state === "choose") throw new Error("A new password is needed.");
  return new Headers({ cookie: outcome.cookies.map((each) => each.split(";")[0]).join("; ") });
}

const invite = (ctx: Context, name = "grace") =>
  invitePerson(ctx, { person: ada, request: { name, role: "viewer", orgs: ["acme"] } });

describe.each(engines)("people on $engine", ({ newDatabase }) => {
  it("are invited with a link that works once", async () => {
    const ctx = await open(await newDatabase());
    const { url } = await invite(ctx);
    const link = readLink(url);
    expect(link.account).toBe("grace");
    expect((await ctx.history.accounts.find("grace"))?.passwordHash).not.toContain(link.password);
    await enter(ctx, "grace", link.password, password);
    await expect(enter(ctx, "grace", link.password, "another battery")).rejects.toThrow("is wrong");
    const { body } = await readPeople(ctx, ada);
    expect(body.people.map(({ name, isInvited, isYou }) => [name, isInvited, isYou])).toEqual([
      ["ada", false, true],
      ["grace", false, false],
    ]);
  });

  it("cannot use a link after three days", async () => {
    const ctx = await open(await newDatabase());
    const { url } = await invite(ctx);
    const later = { ...ctx, clock: () => ({ ...ctx.clock(), at: ctx.clock().at + 3 * day }) };
    await expect(enter(later, "grace", readLink(url).password, password)).rejects.toThrow("has expired");
    await expect(enter(later, "grace", readLink(url).password)).rejects.toThrow("has expired");
  });

  it("are not invited under a name that is taken, nor to an unknown organization", async () => {
    const ctx = await open(await newDatabase());
    await expect(invite(ctx, "ada")).rejects.toThrow("ada already has an account");
    const request = { name: "eve", role: "viewer" as const, orgs: ["globex"] };
    await expect(invitePerson(ctx, { person: ada, request })).rejects.toThrow("globex");
    const limited = { name: "eve", role: "administrator" as const, orgs: ["acme"] };
    await expect(invitePerson(ctx, { person: ada, request: limited })).rejects.toThrow("cannot be limited");
  });

  it("have their new access from the next request on", async () => {
    const ctx = await open(await newDatabase());
    const headers = await enter(ctx, "grace", readLink((await invite(ctx)).url).password, password);
    expect(await identify(ctx, headers)).toMatchObject({ role: "viewer", orgs: ["acme"] });
    const change = { role: "administrator" as const, orgs: null };
    const changed = await changePerson(ctx, { person: ada, name: "grace", change });
    expect(changed.person).toMatchObject({ role: "administrator", orgs: null });
    expect(changed.person.lastSeenAt).not.toBeNull();
    expect(await identify(ctx, headers)).toMatchObject({ role: "administrator", orgs: null });
  });

  it("are signed out when they are removed or get a new link", async () => {
    const ctx = await open(await newDatabase());
    const first = await enter(ctx, "grace", readLink((await invite(ctx)).url).password, password);
    const { url } = await renewInvitation(ctx, { person: ada, name: "grace" });
    expect(await identify(ctx, first)).toMatchObject({ kind: "anonymous" });
    await expect(enter(ctx, "grace", password)).rejects.toThrow("is wrong");
    const second = await enter(ctx, "grace", readLink(url).password, password);
    expect(await removePerson(ctx, { person: ada, name: "grace" })).toMatchObject({ sessions: 1 });
    expect(await identify(ctx, second)).toMatchObject({ kind: "anonymous" });
    await expect(removePerson(ctx, { person: ada, name: "grace" })).rejects.toThrow("not found");
  });

  it("never change, lock out or remove themselves", async () => {
    const ctx = await open(await newDatabase());
    const self = { person: ada, name: "ada" };
    await expect(removePerson(ctx, self)).rejects.toThrow("your own access");
    await expect(renewInvitation(ctx, self)).rejects.toThrow("your own access");
    const change = { role: "viewer" as const, orgs: null };
    await expect(changePerson(ctx, { ...self, change })).rejects.toThrow("your own access");
  });

  it("always keep an administrator, also when two remove each other at the same time", async () => {
    const ctx = await open(await newDatabase());
    await addAdministrator(ctx, "grace");
    const outcomes = await Promise.allSettled([
      removePerson(ctx, { person: ada, name: "grace" }),
      removePerson(ctx, { person: personOf("grace"), name: "ada" }),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await ctx.history.accounts.list()).toHaveLength(1);
  });

  it("of an identity provider are listed while they are signed in, and cannot be changed", async () => {
    const ctx = await open(await newDatabase(), {
      ...{ ROLLCALL_OIDC_ISSUER: "https://sso.example.com", ROLLCALL_OIDC_CLIENT_ID: "i" },
      ...{ ROLLCALL_OIDC_CLIENT_SECRET: "s".repeat(32), ROLLCALL_VIEWERS: "group:ops in acme" },
      ...{ ROLLCALL_SECRET: "x".repeat(32) },
    });
    const { access } = ctx.settings;
    const identity = {
      ...{ kind: "provider" as const, provider: "oidc", address: "bob@example.com" },
      values: { group: ["ops"] },
    };
    expect(access.kind === "sign-in" && toGrant(identity, access.rules)).toMatchObject({ role: "viewer" });
    const { at } = ctx.clock();
    const session = { id: "s", subject: "oidc:x:1", account: "bob@example.com", browser: null };
    const times = { createdAt: at, lastSeenAt: at, expiresAt: at + day };
    await ctx.history.sessions.add({ ...session, ...times, identity }, "hash 1");
    await ctx.history.sessions.add({ ...session, id: "t", ...times, lastSeenAt: at + 1, identity }, "hash 2");
    const { body } = await readPeople(ctx, ada);
    expect(body.invitations).toBe("provider_only");
    expect(body.people.filter(({ signsInWith }) => signsInWith === "oidc")).toEqual([
      {
        ...{ name: "bob@example.com", signsInWith: "oidc", role: "viewer", orgs: ["acme"] },
        ...{ lastSeenAt: at + 1, isInvited: false, invitedUntil: null, isChangeable: false, isYou: false },
      },
    ]);
    await expect(invite(ctx)).rejects.toThrow("identity provider");
  });

  it("need no accounts in open access", async () => {
    const ctx = await open(await newDatabase(), {
      ...{ ROLLCALL_ACCESS: "open", ROLLCALL_URL: "http://localhost:3000", HOSTNAME: "127.0.0.1" },
    });
    expect((await readPeople(ctx, ada)).body).toMatchObject({ people: [], invitations: "open_access" });
    await expect(invite(ctx)).rejects.toThrow("open access");
    await expect(removePerson(ctx, { person: ada, name: "ada" })).rejects.toThrow("open access");
  });
});
