import "server-only";

import { randomUUID } from "node:crypto";

import * as z from "zod/mini";

import {
  changedScreenSchema,
  ownScreenSchema,
  screenListSchema,
  type DisplaySettings,
  type OwnScreen,
  type ScreenList,
  type ScreenView,
} from "@/lib/contract/screen";
import { second } from "@/lib/domain/instant";
import { authorize } from "@/lib/server/access/authorize";
import type { Person, Principal } from "@/lib/server/access/principal";
import { hashScreenCode } from "@/lib/server/access/secret-token";
import { buildId } from "@/lib/server/build-id";
import type { Screen } from "@/lib/server/db/screens";
import { rollcall } from "@/lib/server/wiring";

import { noteAudit } from "./audit";
import { readProviderIdentity } from "./current-grant";
import { encode } from "./encoded";
import { screenLifetime } from "./identify";
import { codeLifetime, type TooMany } from "./pair-screen";
import type { Answer } from "./read-endpoint";

/** How many codes may be tried by one person in that time: one that is read from a screen takes one. */
const triesOfOne = 20;
/** Approves the screen that shows a code. Null: no screen shows it now. */
export async function approveScreen(
  person: Person,
  request: { code: string; name: string; displaySettings: DisplaySettings },
): Promise<z.input<typeof changedScreenSchema> | TooMany | null> {
  const { clock, history } = rollcall();
  const { at } = clock();
  const limit = { key: `code ${person.subject}`, most: triesOfOne, within: codeLifetime };
  const tried = await history.attempts.take(limit, at);
  if ("nextAt" in tried) return { kind: "wait", until: tried.nextAt };
  const screen: Screen = {
    id: randomUUID(),
    name: request.name,
    displaySettings: request.displaySettings,
    orgs: person.orgs,
    approvedBy: person.subject,
    approver: person.account,
    approverIdentity: await readProviderIdentity(person.sessionId),
    createdAt: at,
    lastSeenAt: null,
    expiresAt: at + screenLifetime,
  };
  const codeHash = hashScreenCode(request.code);
  if (codeHash === null || !(await history.screens.approve(codeHash, screen, at))) return null;
  await noteAudit(person.account, "approved a screen", screen.name);
  return z.encode(changedScreenSchema, { screen: toView(screen, person) });
}

/** Every screen that somebody may know of: the ones they approved; an administrator's list has all. */
export async function readScreens(person: Person): Promise<Answer<ScreenList>> {
  const { clock, history } = rollcall();
  const whose = authorize(person, "session:read-all", null) ? null : person.subject;
  const screens = (await history.screens.list(whose, clock().at))
    .filter((screen) => isTheirs(person, screen))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  const body = { screens: screens.map((screen) => toView(screen, person)) };
  return { ...encode(screenListSchema, body), age: null, nextPollIn: 15 * second };
}

function isTheirs(person: Person, { approvedBy }: Screen): boolean {
  return authorize(person, "screen:manage", { approvedBy });
}

function toView(screen: Screen, person: Person): ScreenView {
  const { id, name, displaySettings, approver, createdAt, lastSeenAt, expiresAt } = screen;
  return {
    ...{ id, name, displaySettings, approver, createdAt, lastSeenAt, expiresAt },
    isYours: isTheirs(person, screen),
  };
}

/** Renames a screen or has it show something else; null when it is not there, or not this person's. */
export async function changeScreen(
  person: Person,
  id: string,
  change: { name?: string | undefined; displaySettings?: DisplaySettings | undefined },
): Promise<z.input<typeof changedScreenSchema> | null> {
  const { history, lookups } = rollcall();
  const screen = await history.screens.read(id);
  if (screen === null || !isTheirs(person, screen)) return null;
  const next = {
    ...screen,
    name: change.name ?? screen.name,
    displaySettings: change.displaySettings ?? screen.displaySettings,
  };
  if (!(await history.screens.change(id, { name: next.name, displaySettings: next.displaySettings })))
    return null;
  lookups.screens.invalidateAll();
  lookups.ownScreens.invalidateAll();
  await noteAudit(person.account, "changed a screen", next.name);
  return z.encode(changedScreenSchema, { screen: toView(next, person) });
}

/** Takes a screen its pass, from its next request on; null when it is not there, or not this person's. */
export async function revokeScreen(person: Person, id: string): Promise<{ isRevoked: true } | null> {
  const { history, lookups } = rollcall();
  const screen = await history.screens.read(id);
  if (screen === null || !isTheirs(person, screen)) return null;
  await history.screens.revoke(id);
  lookups.screens.invalidateAll();
  lookups.ownScreens.invalidateAll();
  await noteAudit(person.account, "revoked a screen", screen.name);
  return { isRevoked: true };
}

/** What a screen is to show, as it was told last; null for whoever is none. */
export async function readOwnScreen(principal: Principal): Promise<Answer<OwnScreen> | null> {
  if (principal.kind !== "screen") return null;
  const screen = await rollcall().lookups.ownScreens.find(principal.screenId);
  if (screen === null) return null;
  const body = { name: screen.name, displaySettings: screen.displaySettings, build: buildId };
  return { ...encode(ownScreenSchema, body), age: null, nextPollIn: 15 * second };
}
