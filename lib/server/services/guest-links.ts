import "server-only";

import { randomUUID } from "node:crypto";

import { guestLinkListSchema, type GuestLinkList, type NewGuestLink } from "@/lib/contract/guest-link";
import { pagePaths } from "@/lib/contract/paths";
import { day, hour, second } from "@/lib/domain/instant";
import { authorize } from "@/lib/server/access/authorize";
import { noteEvery } from "@/lib/server/access/last-seen";
import type { Person } from "@/lib/server/access/principal";
import { hashSecretToken, newSecretToken } from "@/lib/server/access/secret-token";
import type { Context } from "@/lib/server/context";
import type { GuestLink } from "@/lib/server/db/guest-links";

import { encode, type Answer } from "./answer";
import { changeAudited } from "./audit";
import { isLinkUpheld, readProviderIdentity } from "./current-grant";
import { findEndpoint } from "./endpoints";
import { notFound } from "./errors";

export type { GuestLink } from "@/lib/server/db/guest-links";

const lifetimes = { hour, day, week: 7 * day, month: 30 * day };

type GuestLinkRequest = { name: string; lifetime: keyof typeof lifetimes; start?: string | undefined };

/**
 * Creates a link that opens one endpoint to anyone who has it. `start` is the page that it opens first: a path and
 * query below the link's own.
 */
export async function createGuestLink(
  ctx: Context,
  input: { person: Person; endpointId: string; request: GuestLinkRequest },
): Promise<NewGuestLink> {
  const { person, endpointId, request } = input;
  const { at } = ctx.clock();
  const token = newSecretToken();
  const link: GuestLink = {
    id: randomUUID(),
    endpointId,
    name: request.name,
    createdAt: at,
    expiresAt: at + lifetimes[request.lifetime],
    lastUsedAt: null,
    madeBy: person.subject,
    makerIdentity: await readProviderIdentity(ctx, person.sessionId),
  };
  await changeAudited(
    ctx,
    { actor: person.account, action: "made a guest link", about: aboutLink(link) },
    ({ guestLinks }) => guestLinks.add(link, hashSecretToken(token) ?? ""),
  );
  const url = new URL(`${pagePaths.shared(token)}${request.start ?? ""}`, ctx.settings.publicUrl);
  return { link, url: url.href };
}

function aboutLink({ endpointId, name }: Pick<GuestLink, "endpointId" | "name">): string {
  return name === "" ? endpointId : `${endpointId}: ${name}`;
}

/** The links of an endpoint that have neither expired nor been revoked. */
export async function readGuestLinks(
  { clock, history }: Context,
  { endpointId }: { endpointId: string },
): Promise<Answer<GuestLinkList>> {
  const links = await history.guestLinks.list(endpointId, clock().at);
  return { ...encode(guestLinkListSchema, { links }), age: null, nextPollIn: 15 * second };
}

/** Revokes a link from its next request on. Throws not_found if this person must not share its endpoint, too. */
export async function revokeGuestLink(
  ctx: Context,
  { person, linkId }: { person: Person; linkId: string },
): Promise<{ isRevoked: true }> {
  const { at } = ctx.clock();
  const link = await ctx.history.guestLinks.read(linkId, at);
  if (link === null || !mayShare(ctx, person, link.endpointId)) throw notFound("Link");
  await changeAudited(
    ctx,
    { actor: person.account, action: "revoked a guest link", about: aboutLink(link) },
    async ({ guestLinks }) => {
      if (!(await guestLinks.revoke(linkId, at))) throw notFound("Link");
    },
  );
  ctx.lookups.guestLinks.invalidateAll();
  return { isRevoked: true };
}

/** An endpoint that is no longer watched belongs to no organization. */
function mayShare(ctx: Context, person: Person, endpointId: string): boolean {
  return authorize(person, "endpoint:share", findEndpoint(ctx, endpointId) ?? { endpointId, org: null });
}

/**
 * The link of a token; null if it is unknown, expired or revoked. The database is asked every time, so that a
 * revocation takes effect with the next request; while it is unavailable its last answer is used for 15 minutes.
 */
export async function openGuestLink(ctx: Context, token: string): Promise<GuestLink | null> {
  const hash = hashSecretToken(token);
  if (hash === null) return null;
  const link = await ctx.lookups.guestLinks.find(hash);
  const { at } = ctx.clock();
  if (link === null || link.expiresAt <= at || !(await isLinkUpheld(ctx, link))) return null;
  return link;
}

/**
 * Notes in the background that a link was used, which means that its page runs and asks for data. Mail scanners and
 * chat previews fetch the page without running it, and do not count.
 */
export function noteUse({ clock, history, lastSeen }: Context, link: GuestLink): void {
  const { at } = clock();
  if (at - (link.lastUsedAt ?? 0) <= noteEvery) return;
  lastSeen.note(link.id, () => history.guestLinks.noteUse(link.id, at));
}
