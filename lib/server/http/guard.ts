import "server-only";

import { second } from "@/lib/domain/instant";
import { authorize, type Action, type ActionObjects } from "@/lib/server/access/authorize";
import { isAllowedHost } from "@/lib/server/access/allowed-host";
import type { Principal } from "@/lib/server/access/principal";
import { toClientAddress } from "@/lib/server/access/client-address";
import { identify, identifyBearer } from "@/lib/server/services/identify";
import { hasStarted, rollcall } from "@/lib/server/wiring";

import { toProblemResponse } from "./problem";

/** Why a request is not answered at all, whoever asks; null: it may be. */
export function checkHost(headers: Headers): Response | null {
  if (!hasStarted()) return toProblemResponse(503, "Rollcall is starting. Try again in a second.");
  if (isAllowedHost(headers.get("host"), rollcall().settings.publicUrl)) return null;
  return toProblemResponse(421, "This address is not one that Rollcall answers to.");
}

/** Who asks for this: of guests their token says it, of everybody else their cookie. */
export function whoAsks(action: Action, headers: Headers): Promise<Principal> {
  return action === "shared:read" ? identifyBearer(headers) : identify(headers);
}

/** Counts a request, and says for how many seconds its visitor has to wait; null: not at all. */
export function noteRequest(headers: Headers, principal: Principal): number | null {
  const { rateLimit, settings } = rollcall();
  const address = toClientAddress(headers, settings.access.trustedProxies);
  const wait = rateLimit.note(principal, address?.near ?? null);
  return wait === null ? null : Math.ceil(wait / second);
}

/** The answer to somebody who asks too often, in how many seconds to try again; null: they are heard. */
export function checkRateLimit(headers: Headers, principal: Principal): Response | null {
  const wait = noteRequest(headers, principal);
  if (wait === null) return null;
  return toProblemResponse(429, `You ask too often. Try again in ${wait} s.`, {
    "retry-after": String(wait),
  });
}

/**
 * The answer to somebody who may not, or asks too often; null: they may. A thing that one may not know of is
 * answered as one that there is not (undefined). Whoever is nobody yet is told the same of everything.
 */
export function deny<A extends Action>(
  headers: Headers,
  principal: Principal,
  action: A,
  object: ActionObjects[A] | undefined,
): Response | null {
  const limited = checkRateLimit(headers, principal);
  if (limited !== null) return limited;
  if (object !== undefined && authorize(principal, action, object)) return null;
  if (action === "shared:read") return unknown();
  if (principal.kind === "anonymous") {
    return toProblemResponse(401, "Sign in to see this.", { "www-authenticate": 'Cookie realm="Rollcall"' });
  }
  if (action.startsWith("endpoint:")) return unknown();
  return toProblemResponse(403, "This is not yours to see or do. An administrator can change that.");
}

/** What is said of everything that is not there, or not to be known of. */
export function unknown(): Response {
  return toProblemResponse(404, "Rollcall watches nothing by this name.");
}
