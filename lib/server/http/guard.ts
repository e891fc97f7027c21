import "server-only";

import { second } from "@/lib/domain/instant";
import { isAllowedHost } from "@/lib/server/access/own-origin";
import { authorize, type Action, type ActionObjects } from "@/lib/server/access/authorize";
import { toClientAddress, type RequestHeaders } from "@/lib/server/access/client-address";
import type { Principal } from "@/lib/server/access/principal";
import { isServiceToken, toBearer } from "@/lib/server/access/secret-token";
import { findContext, type Context } from "@/lib/server/context";
import type { Log } from "@/lib/server/log";
import { ServiceError, denied, notFound, tooMany } from "@/lib/server/services/errors";
import { identifyBearer, identifyCaller } from "@/lib/server/services/identify";
import type { Soon } from "@/lib/server/soon";

import { requestIdHeader } from "./page-headers";

/** The process's context for one request, whose id its log carries; null until Rollcall has started. */
export function contextOf(headers: RequestHeaders): Context | null {
  const context = findContext();
  if (context === null) return null;
  let log: Log | null = null;
  return {
    ...context,
    // Made when it is first needed: most requests log nothing.
    get log() {
      log ??= context.log.child({ requestId: headers.get(requestIdHeader) });
      return log;
    },
  };
}

/** The same for an API request. Throws while Rollcall starts, and for a foreign host. */
export function openContext(headers: RequestHeaders): Context {
  const ctx = contextOf(headers);
  if (ctx === null) throw new ServiceError("unavailable", "Rollcall is starting. Try again in a second.");
  if (!isAllowedHost(headers.get("host"), ctx.settings.publicUrl))
    throw new ServiceError("misdirected", "Rollcall does not answer to this host name.");
  return ctx;
}

/** Guests are identified by their token, programs by a service token, everyone else by cookie. */
export function identifyFor(ctx: Context, action: Action, headers: RequestHeaders): Soon<Principal> {
  return action === "shared:read" ? identifyBearer(ctx, headers) : identifyCaller(ctx, headers);
}

/** Counts a request, and returns how many seconds its client has to wait; null if it need not. */
export function noteRequest(ctx: Context, headers: RequestHeaders, principal: Principal): number | null {
  const { rateLimit, settings } = ctx;
  const address = toClientAddress(headers, settings.access.trustedProxies);
  const wait = rateLimit.note(principal, address?.near ?? null);
  return wait === null ? null : Math.ceil(wait / second);
}

/** Throws if this client sends too many requests. */
export function checkRateLimit(ctx: Context, headers: RequestHeaders, principal: Principal): void {
  const wait = noteRequest(ctx, headers, principal);
  if (wait !== null) throw tooMany("Too many requests.", wait * second);
}

function unauthenticated(headers: RequestHeaders): ServiceError {
  const isByToken = isServiceToken(toBearer(headers.get("authorization")));
  return new ServiceError(
    "unauthenticated",
    isByToken
      ? "The service token is unknown, has expired, or was revoked. An administrator can make another on /tokens."
      : "Sign in to see this.",
  );
}

/**
 * Throws if this principal may not do this, or sends too many requests. Things that a principal must not know about
 * are treated as missing (undefined). Anonymous requests get the same error for everything.
 */
export function guard<A extends Action>(
  ctx: Context,
  request: { headers: RequestHeaders; principal: Principal },
  action: A,
  object: ActionObjects[A] | undefined,
): void {
  const { headers, principal } = request;
  checkRateLimit(ctx, headers, principal);
  if (object !== undefined && authorize(principal, action, object)) return;
  if (action === "shared:read") throw notFound("Link");
  if (principal.kind === "anonymous") throw unauthenticated(headers);
  if (action.startsWith("endpoint:")) throw notFound();
  throw denied("You do not have access to this. Ask an administrator.");
}
