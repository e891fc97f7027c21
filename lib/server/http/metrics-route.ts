import "server-only";

import { authorize } from "@/lib/server/access/authorize";
import type { RequestHeaders } from "@/lib/server/access/client-address";
import { peerHeader } from "@/lib/server/access/client-address";
import { isAllowedHost } from "@/lib/server/access/own-origin";
import { anonymous, type Principal } from "@/lib/server/access/principal";
import { isServiceToken, toBearer } from "@/lib/server/access/secret-token";
import { isLoopbackHost } from "@/lib/server/config/network";
import type { Context } from "@/lib/server/context";
import { denied, notFound, ServiceError } from "@/lib/server/services/errors";
import { identify, identifyToken } from "@/lib/server/services/identify";
import { readMetrics } from "@/lib/server/services/metrics";

import { toErrorResponse } from "./errors";
import { checkRateLimit, contextOf } from "./guard";

/** `GET /metrics`, for Prometheus. Scrapers call an instance by its IP address, so a token works under any host. */
export async function answerMetrics({ headers }: Request): Promise<Response> {
  const ctx = contextOf(headers);
  try {
    if (ctx === null) throw new ServiceError("unavailable", "Rollcall is starting. Try again in a second.");
    await checkAccess(ctx, headers);
    const { text, type } = await readMetrics(ctx);
    return new Response(text, {
      headers: { "content-type": type, "cache-control": "no-store", "x-content-type-options": "nosniff" },
    });
  } catch (error) {
    return toErrorResponse(error, ctx?.log ?? null);
  }
}

async function checkAccess(ctx: Context, headers: RequestHeaders): Promise<void> {
  const { metricsAccess } = ctx.settings;
  if (metricsAccess === "off") throw notFound("Page");
  const principal = await identifyScraper(ctx, headers);
  checkRateLimit(ctx, headers, principal);
  const isOpen = metricsAccess === "loopback" && isFromThisMachine(headers);
  if (authorize(principal, "metrics:read", { isOpen })) return;
  if (principal.kind !== "anonymous")
    throw denied("Metrics are for administrators and service tokens with the scope metrics.");
  throw new ServiceError(
    "unauthenticated",
    "Send a service token with the scope metrics: rollcall token add prometheus --scope metrics.",
  );
}

/** A cookie counts only under our own name, so that no page of another name reads along (DNS rebinding). */
async function identifyScraper(ctx: Context, headers: RequestHeaders): Promise<Principal> {
  const bearer = toBearer(headers.get("authorization"));
  if (isServiceToken(bearer)) return identifyToken(ctx, bearer);
  return isAllowedHost(headers.get("host"), ctx.settings.publicUrl) ? identify(ctx, headers) : anonymous;
}

/** A proxy on this machine would send the public name, or the address of its client. */
function isFromThisMachine(headers: RequestHeaders): boolean {
  const peer = headers.get(peerHeader) ?? "";
  const host = headers.get("host") ?? "";
  // Next itself names the peer in X-Forwarded-For.
  const hops = (headers.get("x-forwarded-for") ?? "").split(",").filter((hop) => hop.trim() !== "");
  const isProxied =
    ["forwarded", "via", "x-real-ip"].some((name) => headers.get(name) !== null) ||
    hops.some((hop) => !isLoopbackAddress(hop.trim()));
  return (
    !isProxied &&
    isLoopbackAddress(peer) &&
    URL.canParse(`http://${host}`) &&
    isLoopbackHost(new URL(`http://${host}`).hostname)
  );
}

/** An IPv4 address may come as part of IPv6. */
function isLoopbackAddress(address: string): boolean {
  return isLoopbackHost(address.replace(/^::ffff:/i, ""));
}
