import "server-only";

import { randomUUID } from "node:crypto";

import * as z from "zod/mini";

import { guestLinkListSchema, newGuestLinkSchema, type GuestLinkList } from "@/lib/contract/guest-link";
import { pagePaths } from "@/lib/contract/paths";
import { day, hour, second } from "@/lib/domain/instant";
import { authorize } from "@/lib/server/access/authorize";
import { noteEvery } from "@/lib/server/access/last-seen";
import type { Person } from "@/lib/server/access/principal";
import { hashSecretToken, newSecretToken } from "@/lib/server/access/secret-token";
import type { GuestLink } from "@/lib/server/db/guest-links";
import { rollcall } from "@/lib/server/wiring";

import { noteAudit } from "./audit";
import { isLinkUpheld, readProviderIdentity } from "./current-grant";
import { encode } from "./encoded";
import { findEndpoint } from "./find-endpoint";
import type { Answer } from "./read-endpoint";

const lifetimes = { hour, day, week: 7 * day, month: 30 * day };

/**
 * Makes a link that opens one endpoint to whoever holds it. `start` is where on its pages it begins: a path
 * and query below the link's own.
 */
export async function createGuestLink(
  person: Person,
  endpointId: string,
  request: { name: string; lifetime: keyof typeof lifetimes; start?: string | undefined },
): Promise<z.input<typeof newGuestLinkSchema>> {
  const { clock, history, settings } = rollcall();
  const { at } = clock();
  const token = newSecretToken();
  const link: GuestLink = {
    id: randomUUID(),
    endpointId,
    name: request.name,
    createdAt: at,
    expiresAt: at + lifetimes[request.lifetime],
    lastUsedAt: null,
    madeBy: person.subject,
    makerIdentity: await readProviderIdentity(person.sessionId),
  };
  await history.guestLinks.add(link, hashSecretToken(token) ?? "");
  await noteAudit(person.account, "made a guest link", `${endpointId}: ${link.name}`);
  const url = new URL(`${pagePaths.shared(token)}${request.start ?? ""}`, settings.publicUrl);
  return z.encode(newGuestLinkSchema, { link, url: url.href });
}

/** The links of an endpoint that still open. */
export async function readGuestLinks(endpointId: string): Promise<Answer<GuestLinkList>> {
  const { clock, history } = rollcall();
  const links = await history.guestLinks.list(endpointId, clock().at);
  return { ...encode(guestLinkListSchema, { links: [...links] }), age: null, nextPollIn: 15 * second };
}

/** Closes a link, from its next request on; null when it is not there, or opens what this person may not share. */
export async function revokeGuestLink(person: Person, id: string): Promise<{ isRevoked: true } | null> {
  const { clock, history, lookups } = rollcall();
  const { at } = clock();
  const link = await history.guestLinks.read(id, at);
  if (link === null || !mayShare(person, link.endpointId)) return null;
  if (!(await history.guestLinks.revoke(id, at))) return null;
  lookups.guestLinks.invalidateAll();
  await noteAudit(person.account, "revoked a guest link", `${link.endpointId}: ${link.name}`);
  return { isRevoked: true };
}

/** An endpoint that is not watched any more is of no organization in particular. */
function mayShare(person: Person, endpointId: string): boolean {
  return authorize(person, "endpoint:share", findEndpoint(endpointId) ?? { endpointId, org: null });
}

/**
 * The link of a token; null alike for one that is unknown, past its end or revoked. The database is asked every
 * time, so that a revocation binds the very next request; while it is away its last answer holds for 15 minutes.
 */
export async function openGuestLink(token: string): Promise<GuestLink | null> {
  const { clock, lookups } = rollcall();
  const hash = hashSecretToken(token);
  if (hash === null) return null;
  const link = await lookups.guestLinks.find(hash);
  const { at } = clock();
  if (link === null || link.expiresAt <= at || !(await isLinkUpheld(link))) return null;
  return link;
}

/**
 * Notes in the background that a link was used: that its page runs and asks for what it shows. A page that is
 * fetched and not run, as mail scanners and chat previews do, is no use.
 */
export function noteUse(link: GuestLink): void {
  const { clock, history, lastSeen } = rollcall();
  const { at } = clock();
  if (at - (link.lastUsedAt ?? 0) <= noteEvery) return;
  lastSeen.note(link.id, () => history.guestLinks.noteUse(link.id, at));
}
