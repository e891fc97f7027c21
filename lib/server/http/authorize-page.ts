import "server-only";

import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";

import { pagePaths } from "@/lib/contract/paths";
import { isAllowedHost } from "@/lib/server/access/allowed-host";
import { authorize, type EndpointAction, type SiteAction } from "@/lib/server/access/authorize";
import type { Person, Principal } from "@/lib/server/access/principal";
import { findEndpoint } from "@/lib/server/services/find-endpoint";
import { identify, identifyGuest } from "@/lib/server/services/identify";
import { hasStarted, rollcall } from "@/lib/server/wiring";

import { addressHeader } from "./page-headers";

/** Who asks for a page. Called, in one of its forms, first by every page; 404 for a foreign host. */
async function checkedHeaders(): Promise<Headers> {
  const asked = await headers();
  if (!hasStarted() || !isAllowedHost(asked.get("host"), rollcall().settings.publicUrl)) notFound();
  return asked;
}

/** Who asks for a page about the house. Nobody is sent to sign in first; who may not see it finds nothing. */
export async function authorizePage(action: SiteAction): Promise<Principal> {
  const asked = await checkedHeaders();
  const principal = await identify(asked);
  if (authorize(principal, action, null)) return principal;
  return turnAway(principal, asked);
}

/** The same of a page that is for people alone. */
export async function authorizePerson(action: SiteAction): Promise<Person> {
  const principal = await authorizePage(action);
  return principal.kind === "person" ? principal : notFound();
}

/** The same of a page about one endpoint. */
export async function authorizeEndpoint(action: EndpointAction, endpointId: string): Promise<Principal> {
  const asked = await checkedHeaders();
  const principal = await identify(asked);
  const endpoint = findEndpoint(endpointId);
  if (endpoint !== null && authorize(principal, action, endpoint)) return principal;
  return turnAway(principal, asked);
}

/** The endpoint that a guest's link opens; null alike for every link that opens none. */
export async function authorizeGuest(token: string): Promise<string | null> {
  await checkedHeaders();
  const guest = await identifyGuest(token);
  return guest.kind === "guest" && authorize(guest, "shared:read", null) ? guest.endpointId : null;
}

function turnAway(principal: Principal, asked: Headers): never {
  if (principal.kind === "anonymous") redirect(pagePaths.signIn(asked.get(addressHeader)));
  notFound();
}
