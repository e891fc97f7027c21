import "server-only";

import { randomUUID } from "node:crypto";

import {
  ownScreenSchema,
  screenListSchema,
  type DisplaySettings,
  type OwnScreen,
  type ScreenChange,
  type ScreenList,
  type ScreenView,
} from "@/lib/contract/screen";
import { second, type Duration } from "@/lib/domain/instant";
import { authorize } from "@/lib/server/access/authorize";
import type { Person, Principal } from "@/lib/server/access/principal";
import { hashScreenCode } from "@/lib/server/access/secret-token";
import { buildId } from "@/lib/server/build-id";
import type { Context } from "@/lib/server/context";
import type { Screen, ScreenCommand } from "@/lib/server/db/screens";

import { encode, type Answer } from "./answer";
import { changeAudited } from "./audit";
import { readProviderIdentity } from "./current-grant";
import { findEndpoint } from "./endpoints";
import { invalid, notFound, ServiceError, tooMany } from "./errors";
import { screenLifetime } from "./identify";
import { codeLifetime } from "./pairings";

/** How many codes one person may try while a code is valid; reading one from a screen takes one. */
const triesOfOne = 20;

/** How long a revocation can be undone: the 10 s that the page offers it, and a slow connection. */
const restorableFor: Duration = 20 * second;

type ScreenRequest = { code: string; name: string; displaySettings: DisplaySettings };

/**
 * Approves the screen that shows a code. Throws not_found if no screen shows it now, too_many, and invalid for an
 * endpoint that this person does not see.
 */
export async function approveScreen(
  ctx: Context,
  { person, request }: { person: Person; request: ScreenRequest },
): Promise<{ screen: ScreenView }> {
  const { at } = ctx.clock();
  checkEndpoints(ctx, person, request.displaySettings);
  const limit = { key: `code ${person.subject}`, most: triesOfOne, within: codeLifetime };
  const tried = await ctx.history.attempts.take(limit, at);
  if ("nextAt" in tried) throw tooMany("Too many codes were tried.", tried.nextAt - at);
  const screen: Screen = {
    id: randomUUID(),
    name: request.name,
    displaySettings: request.displaySettings,
    orgs: person.orgs,
    approvedBy: person.subject,
    approver: person.account,
    approverIdentity: await readProviderIdentity(ctx, person.sessionId),
    createdAt: at,
    lastSeenAt: null,
    expiresAt: at + screenLifetime,
    ...{ identifiedAt: null, reloadedAt: null },
  };
  const codeHash = hashScreenCode(request.code);
  await changeAudited(
    ctx,
    { actor: person.account, action: "approved a screen", about: screen.name },
    async ({ screens }) => {
      if (codeHash === null || !(await screens.approve(codeHash, screen, at)))
        throw new ServiceError("not_found", "No screen shows this code, or it has expired.");
    },
  );
  return { screen: toView(screen, person) };
}

/** The screens that a person may manage, by name: the ones they approved, or all for an administrator. */
export async function readScreens({ clock, history }: Context, person: Person): Promise<Answer<ScreenList>> {
  const approver = authorize(person, "session:read-all", null) ? null : person.subject;
  const screens = (await history.screens.list(approver, clock().at))
    .filter((screen) => mayManage(person, screen))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  const body = { screens: screens.map((screen) => toView(screen, person)) };
  return { ...encode(screenListSchema, body), age: null, nextPollIn: 15 * second };
}

function mayManage(person: Person, { approvedBy }: Screen): boolean {
  return authorize(person, "screen:manage", { approvedBy });
}

function toView(screen: Screen, person: Person): ScreenView {
  const { id, name, displaySettings, orgs, approver, createdAt, lastSeenAt, expiresAt } = screen;
  return {
    ...{ id, name, displaySettings, approver, createdAt, lastSeenAt, expiresAt },
    orgs: orgs === null ? null : [...orgs],
    isYours: mayManage(person, screen),
  };
}

/** Throws if a new endpoint is unknown to this person: the screen would show nothing. `former` ones may stay. */
function checkEndpoints(
  ctx: Context,
  person: Person,
  { endpointIds }: DisplaySettings,
  former: readonly string[] = [],
): void {
  const known = new Set(former);
  const unknown = (endpointIds ?? []).filter((endpointId) => {
    const endpoint = known.has(endpointId) ? null : findEndpoint(ctx, endpointId);
    return !known.has(endpointId) && (endpoint === null || !authorize(person, "endpoint:list", endpoint));
  });
  if (unknown.length > 0) throw invalid(toUnknown(unknown));
}

function toUnknown([first = "", ...others]: readonly string[]): string {
  const more = others.length === 0 ? "" : `, nor ${others.length} more of the endpoints that were given`;
  return `Rollcall watches no endpoint named ${first}${more}. Choose endpoints from the list.`;
}

/** Renames a screen or changes what it displays. Throws not_found, and invalid for a new endpoint that is unknown. */
export async function changeScreen(
  ctx: Context,
  input: { person: Person; screenId: string; change: ScreenChange },
): Promise<{ screen: ScreenView }> {
  const { person, screenId, change } = input;
  const screen = await findManaged(ctx, person, screenId);
  if (change.displaySettings !== undefined)
    checkEndpoints(ctx, person, change.displaySettings, screen.displaySettings.endpointIds ?? []);
  const next = {
    ...screen,
    name: change.name ?? screen.name,
    displaySettings: change.displaySettings ?? screen.displaySettings,
  };
  await changeAudited(
    ctx,
    { actor: person.account, action: "changed a screen", about: next.name },
    async ({ screens }) => {
      const { name, displaySettings } = next;
      if (!(await screens.change(screenId, { name, displaySettings }))) throw notFound("Screen");
    },
  );
  forgetScreens(ctx);
  return { screen: toView(next, person) };
}

const commandWords = { identify: "identified a screen", reload: "reloaded a screen" } as const;

/** Asks a screen to do something; it learns of it with its next question, within a few seconds. Throws not_found. */
export async function commandScreen(
  ctx: Context,
  { person, screenId, command }: { person: Person; screenId: string; command: ScreenCommand },
): Promise<{ isAsked: true }> {
  const screen = await findManaged(ctx, person, screenId);
  const { at } = ctx.clock();
  await changeAudited(
    ctx,
    { actor: person.account, action: commandWords[command], about: screen.name },
    async ({ screens }) => {
      if (!(await screens.command(screenId, command, at))) throw notFound("Screen");
    },
  );
  forgetScreens(ctx);
  return { isAsked: true };
}

/**
 * Revokes a screen's pass, from its next request on: a screen that should see nothing more sees nothing while someone
 * thinks about it. `restoreScreen` undoes it. Throws not_found.
 */
export async function revokeScreen(
  ctx: Context,
  { person, screenId }: { person: Person; screenId: string },
): Promise<{ isRevoked: true }> {
  const screen = await findManaged(ctx, person, screenId);
  await changeAudited(
    ctx,
    { actor: person.account, action: "revoked a screen", about: screen.name },
    ({ screens }) => screens.revoke(screenId, ctx.clock().at),
  );
  forgetScreens(ctx);
  return { isRevoked: true };
}

/** Makes the same pass work again within 20 s of its revocation. Throws not_found, also later. */
export async function restoreScreen(
  ctx: Context,
  { person, screenId }: { person: Person; screenId: string },
): Promise<{ screen: ScreenView }> {
  const since = ctx.clock().at - restorableFor;
  const screen = await ctx.history.screens.readRevoked(screenId, since);
  if (screen === null || !mayManage(person, screen)) throw notFound("Screen");
  await changeAudited(
    ctx,
    { actor: person.account, action: "restored a screen", about: screen.name },
    async ({ screens }) => {
      if (!(await screens.restore(screenId, since))) throw notFound("Screen");
    },
  );
  forgetScreens(ctx);
  return { screen: toView(screen, person) };
}

async function findManaged({ history }: Context, person: Person, screenId: string): Promise<Screen> {
  const screen = await history.screens.read(screenId);
  if (screen === null || !mayManage(person, screen)) throw notFound("Screen");
  return screen;
}

function forgetScreens({ lookups }: Context): void {
  lookups.screens.invalidateAll();
  lookups.ownScreens.invalidateAll();
}

/** What the screen that asks should display. Throws not_found for every other principal. */
export async function readOwnScreen({ lookups }: Context, principal: Principal): Promise<Answer<OwnScreen>> {
  const screen = principal.kind === "screen" ? await lookups.ownScreens.find(principal.screenId) : null;
  if (screen === null) throw notFound("Screen");
  const { name, displaySettings, identifiedAt, reloadedAt } = screen;
  const body = { name, displaySettings, build: buildId, identifiedAt, reloadedAt };
  return { ...encode(ownScreenSchema, body), age: null, nextPollIn: 15 * second };
}
