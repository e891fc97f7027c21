import "server-only";

import { headers } from "next/headers";
import { notFound } from "next/navigation";

import { pagePaths } from "@/lib/contract/paths";
import { isAllowedHost } from "@/lib/server/access/own-origin";
import { authorize, type EndpointAction, type SiteAction } from "@/lib/server/access/authorize";
import type { Person, Principal } from "@/lib/server/access/principal";
import type { Context } from "@/lib/server/context";
import { findEndpoint } from "@/lib/server/services/endpoints";
import type { GuestLink } from "@/lib/server/services/guest-links";
import { identify, identifyGuest } from "@/lib/server/services/identify";

import { contextOf } from "./guard";
import { addressHeader } from "./page-headers";
import { redirectTo } from "./redirect-to";

/** Every page first calls one of these functions. A foreign host gets 404. */
async function openPage(): Promise<{ ctx: Context; requested: Headers }> {
  const requested = await headers();
  const ctx = contextOf(requested);
  if (ctx === null || !isAllowedHost(requested.get("host"), ctx.settings.publicUrl)) notFound();
  return { ctx, requested };
}

/** For a page about the site. Anonymous clients are sent to sign in; others without access get 404. */
export async function authorizePage(action: SiteAction): Promise<{ ctx: Context; principal: Principal }> {
  const { ctx, requested } = await openPage();
  const principal = await identify(ctx, requested);
  if (authorize(principal, action, null)) return { ctx, principal };
  return turnAway(principal, requested);
}

/** For a page that only people may see. */
export async function authorizePerson(action: SiteAction): Promise<{ ctx: Context; person: Person }> {
  const { ctx, principal } = await authorizePage(action);
  return principal.kind === "person" ? { ctx, person: principal } : notFound();
}

/** For a page about one endpoint. */
export async function authorizeEndpoint(action: EndpointAction, endpointId: string): Promise<Context> {
  const { ctx, requested } = await openPage();
  const principal = await identify(ctx, requested);
  const endpoint = findEndpoint(ctx, endpointId);
  if (endpoint !== null && authorize(principal, action, endpoint)) return ctx;
  return turnAway(principal, requested);
}

/**
 * For the preview of a link to an endpoint's page: null unless everyone may read it. With sign-in a program that
 * unfurls links learns nothing, not even whether the endpoint exists.
 */
export async function authorizePreview(endpointId: string): Promise<Context | null> {
  const client = await findClient();
  return client?.ctx.settings.access.kind === "open" ? authorizeEndpoint("endpoint:read", endpointId) : null;
}

/** For a page behind a guest link: the link and the endpoint that it opens; null if it is invalid or has expired. */
export async function authorizeGuest(
  token: string,
): Promise<{ ctx: Context; endpointId: string | null; link: GuestLink | null }> {
  const { ctx } = await openPage();
  const { guest, link } = await identifyGuest(ctx, token);
  const mayRead = guest.kind === "guest" && authorize(guest, "shared:read", null);
  return mayRead ? { ctx, endpointId: guest.endpointId, link } : { ctx, endpointId: null, link: null };
}

/** For what stands around every page, which is drawn for everyone: null if the client cannot be identified. */
export async function findClient(): Promise<{ ctx: Context; principal: Principal } | null> {
  const requested = await headers();
  const ctx = contextOf(requested);
  if (ctx === null) return null;
  try {
    return { ctx, principal: await identify(ctx, requested) };
  } catch {
    return null;
  }
}

function turnAway(principal: Principal, requested: Headers): never {
  // Next marks the requests of client navigation in their address.
  const address = requested.get(addressHeader)?.replace(/[?&]_rsc=[^&]*$/, "") ?? null;
  if (principal.kind === "anonymous") redirectTo(pagePaths.signIn(address));
  notFound();
}
