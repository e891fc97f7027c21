import "server-only";

import { isLoopbackHost } from "@/lib/server/config/network";

/**
 * Whether a request that changes something comes from a page of ours. Browsers say where a request comes from;
 * one that says another place, or nothing although it is a browser, is a page of somebody else's. Ours have the
 * public address, or on this machine any that leads here.
 */
export function isSameOrigin(headers: Headers, publicUrl: URL): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  const origin = headers.get("origin");
  // A form of ours sends the origin "null", because our pages name no referrer.
  if (origin === null || origin === "null") return site === "same-origin";
  if (!URL.canParse(origin)) return false;
  const { host, hostname } = new URL(origin);
  return origin === publicUrl.origin || (isLoopbackHost(hostname) && host === headers.get("host"));
}
