import "server-only";

import { randomUUID } from "node:crypto";

import type { GuestLinkList, GuestLinkView, NewGuestLink } from "@/lib/contract/guest-link";
import { toIso, toIsoOrNull } from "@/lib/contract/instant";
import { pagePaths } from "@/lib/contract/paths";
import { day, hour, minute, second } from "@/lib/domain/instant";
import { hashGuestToken, newGuestToken } from "@/lib/server/access/guest-token";
import type { GuestLink } from "@/lib/server/history/guest-links";
import { rollcall } from "@/lib/server/wiring";

import { encode } from "./encoded";
import type { Answer } from "./read-endpoint";

const lifetimes = { hour, day, week: 7 * day, month: 30 * day };
const noteUseEvery = minute;

/** Makes a link that opens one endpoint to whoever holds it; null when the endpoint is not watched. */
export async function createGuestLink(
  endpointId: string,
  order: { name: string; lifetime: keyof typeof lifetimes },
): Promise<NewGuestLink | null> {
  const { board, clock, history, log, settings } = rollcall();
  if (board.get(endpointId) === undefined) return null;
  const { at } = clock();
  const token = newGuestToken();
  const link: GuestLink = {
    id: randomUUID(),
    endpointId,
    name: order.name,
    createdAt: at,
    expiresAt: at + lifetimes[order.lifetime],
    lastUsedAt: null,
  };
  await history.guestLinks.add(link, hashGuestToken(token) ?? "");
  log.info(
    { link: link.id, endpoint: endpointId, expiresAt: toIso(link.expiresAt) },
    "A guest link was made.",
  );
  return { link: toView(link), url: new URL(pagePaths.shared(token), settings.publicUrl).href };
}

/** The links of an endpoint that still open; null when it is not watched. */
export async function readGuestLinks(endpointId: string): Promise<Answer<GuestLinkList> | null> {
  const { board, clock, history } = rollcall();
  if (board.get(endpointId) === undefined) return null;
  const links = await history.guestLinks.list(endpointId, clock().at);
  return { ...encode({ links: links.map(toView) }), age: null, nextPollIn: 15 * second };
}

/** Closes a link, from its next request on. Whether there was one. */
export async function revokeGuestLink(id: string): Promise<boolean> {
  const { clock, history, log } = rollcall();
  const isRevoked = await history.guestLinks.revoke(id, clock().at);
  if (isRevoked) log.info({ link: id }, "A guest link was revoked.");
  return isRevoked;
}

/**
 * The endpoint that a token opens; null alike for one that is unknown, past its end or revoked. Asked of the
 * database every time, so that a revocation binds the very next request.
 */
export async function openGuestLink(token: string): Promise<string | null> {
  const { clock, history } = rollcall();
  const hash = hashGuestToken(token);
  if (hash === null) return null;
  const { at } = clock();
  const link = await history.guestLinks.find(hash, at);
  if (link === null) return null;
  // A database that cannot be written for a moment closes no link.
  if (at - (link.lastUsedAt ?? 0) > noteUseEvery)
    await history.guestLinks.noteUse(link.id, at).catch(() => undefined);
  return link.endpointId;
}

function toView({ id, name, createdAt, expiresAt, lastUsedAt }: GuestLink): GuestLinkView {
  return {
    id,
    name,
    createdAt: toIso(createdAt),
    expiresAt: toIso(expiresAt),
    lastUsedAt: toIsoOrNull(lastUsedAt),
  };
}
