import { describe, expect, it } from "vitest";

import { day } from "@/lib/domain/instant";
import { observation, rollout } from "@/lib/domain/testing/rollouts";
import { hashPassword } from "@/lib/server/access/password";
import type { Person } from "@/lib/server/access/principal";
import { hashScreenCode } from "@/lib/server/access/secret-token";
import type { DatabaseAddress } from "@/lib/server/config/database";
import type { Context } from "@/lib/server/context";
import { command, engines } from "@/lib/server/db/testing/engines";
import { openBehind } from "@/lib/server/db/testing/history-file";
import { newEndpointState } from "@/lib/server/state/endpoint-state";

import { acknowledge, withdrawAcknowledgement } from "./acknowledgements";
import { createGuestLink, readGuestLinks, revokeGuestLink } from "./guest-links";
import { changePerson, invitePerson, removePerson, renewInvitation } from "./people";
import { readPeople } from "./people-list";
import {
  approveScreen,
  changeScreen,
  commandScreen,
  readScreens,
  restoreScreen,
  revokeScreen,
} from "./screens";
import { endOwnSessions, endSession, readSessions, signOut, startSession } from "./sessions";
import { signIn } from "./sign-in";
import { openTestContext } from "./testing/context";

const ada: Person = {
  kind: "person",
  subject: "password:ada",
  account: "ada",
  role: "administrator",
  orgs: null,
  sessionId: null,
};
const rolloutId = { endpointId: "acme-a", deploymentId: "d1" };
const displaySettings = { endpointIds: null, theme: "auto" as const, rotateSeconds: null, night: true };
const code = "BCDF-GHJK";
const former = "correct horse battery";
const next = "a better horse battery";

/** Everything that audited changes change. */
async function stateOf(ctx: Context) {
  const links = await readGuestLinks(ctx, rolloutId);
  const screens = await readScreens(ctx, ada);
  const sessions = await readSessions(ctx, ada);
  return {
    links: links.body,
    screens: screens.body,
    sessions: sessions.body,
    people: (await readPeople(ctx, ada)).body,
    accounts: await ctx.history.accounts.list(),
    screen: await ctx.history.screens.read(screens.body.screens[0]?.id ?? ""),
    acknowledgements: await ctx.history.acknowledgements.list(),
  };
}

/** A failed rollout, an account, and one of everything that can be changed; `cookie` holds ada's session. */
async function arrange(ctx: Context) {
  const facts = { endpointId: "acme-a", org: "acme", modelArch: "m", createdAt: 0, updatedAt: 0 };
  const picture = {
    facts: { ...facts, warnings: [], removedSince: null },
    rollouts: [rollout([observation(1_000, { status: "error", errorMessage: "no" })], { errorSince: 1_000 })],
    span: { from: 0, until: 9_000, brokenBy: null },
  };
  ctx.endpointStore.of("acme")?.set({ ...newEndpointState("acme-a", 5_000), picture, observedTick: 0 });
  const { at } = ctx.clock();
  const account = {
    name: "ada",
    role: "administrator" as const,
    orgs: null,
    isOneTime: false,
    oneTimeUntil: null,
  };
  await ctx.history.accounts.add({ ...account, passwordHash: await hashPassword(former) }, at);
  await invitePerson(ctx, { person: ada, request: { name: "grace", role: "viewer", orgs: null } });
  const link = await createGuestLink(ctx, {
    ...{ person: ada, endpointId: "acme-a" },
    request: { name: "incident", lifetime: "day" },
  });
  const pair = async (deviceHash: string, shown: string) =>
    ctx.history.screens.beginPairing(
      { deviceHash, codeHash: hashScreenCode(shown) ?? "", expiresAt: at + day },
      at,
    );
  await pair("first", "BBBB-CCCC");
  const { screen } = await approveScreen(ctx, {
    person: ada,
    request: { code: "BBBB-CCCC", name: "Kitchen", displaySettings },
  });
  await pair("second", code);
  await pair("third", "DDDD-FFFF");
  const revoked = await approveScreen(ctx, {
    person: ada,
    request: { code: "DDDD-FFFF", name: "Attic", displaySettings },
  });
  await revokeScreen(ctx, { person: ada, screenId: revoked.screen.id });
  const newcomer = {
    ...{ subject: ada.subject, account: "ada" },
    identity: { kind: "password" as const, role: "administrator" as const, orgs: null },
  };
  const cookie = (await startSession(ctx, { newcomer, headers: new Headers() })).split(";")[0] ?? "";
  const sessionId = (await readSessions(ctx, ada)).body.sessions[0]?.id ?? "";
  await acknowledge(ctx, { person: ada, rolloutId });
  return {
    ...{ linkId: link.link.id, screenId: screen.id, revokedId: revoked.screen.id },
    ...{ newcomer, sessionId, headers: new Headers({ cookie }) },
  };
}

type Stage = Awaited<ReturnType<typeof arrange>>;

const changes: [string, (ctx: Context, stage: Stage) => Promise<unknown>][] = [
  [
    "a guest link is created",
    (ctx) =>
      createGuestLink(ctx, {
        ...{ person: ada, endpointId: "acme-a" },
        request: { name: "another", lifetime: "day" },
      }),
  ],
  ["a guest link is revoked", (ctx, { linkId }) => revokeGuestLink(ctx, { person: ada, linkId })],
  [
    "a screen is approved",
    (ctx) => approveScreen(ctx, { person: ada, request: { code, name: "Hall", displaySettings } }),
  ],
  [
    "a screen is changed",
    (ctx, { screenId }) => changeScreen(ctx, { person: ada, screenId, change: { name: "Attic" } }),
  ],
  ["a screen is revoked", (ctx, { screenId }) => revokeScreen(ctx, { person: ada, screenId })],
  [
    "a screen is asked to show its name",
    (ctx, { screenId }) => commandScreen(ctx, { person: ada, screenId, command: "identify" }),
  ],
  [
    "a screen is asked to reload",
    (ctx, { screenId }) => commandScreen(ctx, { person: ada, screenId, command: "reload" }),
  ],
  ["a screen is restored", (ctx, { revokedId }) => restoreScreen(ctx, { person: ada, screenId: revokedId })],
  [
    "a person is invited",
    (ctx) => invitePerson(ctx, { person: ada, request: { name: "eve", role: "viewer", orgs: ["acme"] } }),
  ],
  ["a link is made again", (ctx) => renewInvitation(ctx, { person: ada, name: "grace" })],
  [
    "a person's access is changed",
    (ctx) => changePerson(ctx, { person: ada, name: "grace", change: { role: "administrator", orgs: null } }),
  ],
  ["a person is removed", (ctx) => removePerson(ctx, { person: ada, name: "grace" })],
  ["a session starts", (ctx, { newcomer, headers }) => startSession(ctx, { newcomer, headers })],
  ["a session is ended", (ctx, { sessionId }) => endSession(ctx, { person: ada, sessionId })],
  ["a person's sessions are ended", (ctx) => endOwnSessions(ctx, ada)],
  ["a person signs out", (ctx, { headers }) => signOut(ctx, headers)],
  [
    "a password is changed",
    (ctx) =>
      signIn(ctx, {
        request: { account: "ada", password: former, newPassword: next },
        headers: new Headers(),
      }),
  ],
  ["a failure is acknowledged", (ctx) => acknowledge(ctx, { person: ada, rolloutId })],
  ["an acknowledgement is withdrawn", (ctx) => withdrawAcknowledgement(ctx, { person: ada, rolloutId })],
];

describe.each(engines)("on $engine", ({ newDatabase }) => {
  const open = async () => {
    const database = await newDatabase();
    const ctx = await openTestContext(database);
    return { database, ctx, stage: await arrange(ctx) };
  };

  it.each(changes)("when %s, the state and the audit log change together", async (_, change) => {
    const { ctx, stage } = await open();
    const before = await stateOf(ctx);
    const entries = await ctx.history.audit.list({ limit: 100, before: null });
    await change(ctx, stage);
    expect(await stateOf(ctx)).not.toEqual(before);
    expect((await ctx.history.audit.list({ limit: 100, before: null })).length).toBeGreaterThan(
      entries.length,
    );
  });

  it.each(changes)("when %s and the audit log cannot be written, nothing changes", async (_, change) => {
    const { ctx, database, stage } = await open();
    const before = await stateOf(ctx);
    await breakAudit(database);
    await expect(change(ctx, stage)).rejects.toThrow(/audit/);
    expect(await stateOf(ctx)).toEqual(before);
  });
});

async function breakAudit(database: DatabaseAddress): Promise<void> {
  if (database.engine === "sqlite") openBehind(database.file).exec("drop table audit");
  else await command(database.url, "drop table audit");
}
