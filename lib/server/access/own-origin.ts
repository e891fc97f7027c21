import "server-only";

import { belowBase, toBasePath } from "@/lib/contract/base-path";
import { isLoopbackHost } from "@/lib/server/config/network";

/**
 * Whether the Host header names this server: loopback, or the host of ROLLCALL_URL. Any other name may be a DNS rebinding
 * attack, in which a foreign web page reads our answers.
 */
export function isAllowedHost(host: string | null, publicUrl: URL): boolean {
  if (host === null) return false;
  if (host === publicUrl.host) return true;
  const isKnown = lastAllowed?.host === host && lastAllowed.publicUrl === publicUrl;
  const isAllowed = isKnown || isOurs(host, publicUrl);
  if (isAllowed) lastAllowed = { host, publicUrl };
  return isAllowed;
}

/** Parsing a name costs as much as the rest of a poll, and nearly all requests carry the same one. */
let lastAllowed: { host: string; publicUrl: URL } | null = null;

function isOurs(host: string, publicUrl: URL): boolean {
  if (!URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return isLoopbackHost(hostname) || hostname === publicUrl.hostname;
}

/**
 * Whether a state-changing request comes from one of our pages. Browsers send Sec-Fetch-Site or Origin; a request
 * with a foreign value, or with neither, is rejected. Our origin is that of ROLLCALL_URL, or any loopback address that
 * equals the Host header.
 */
export function isSameOrigin(headers: Headers, publicUrl: URL): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  const origin = headers.get("origin");
  // Our forms send the origin "null", because our pages set Referrer-Policy: no-referrer.
  if (origin === null || origin === "null") return site === "same-origin";
  if (!URL.canParse(origin)) return false;
  const { host, hostname } = new URL(origin);
  return origin === publicUrl.origin || (isLoopbackHost(hostname) && host === headers.get("host"));
}

/**
 * Whether a request comes from a program and not from a page: browsers name the origin of every POST. Enough where a
 * forged request would do no harm.
 */
export function isFromProgram(headers: Headers): boolean {
  return headers.get("origin") === null && headers.get("sec-fetch-site") === null;
}

/**
 * The path, query and hash of a return address on this server; the path of the fleet for any other address, which
 * prevents open redirects.
 */
export function toOwnAddress(address: string | null, publicUrl: URL): string {
  const base = toBasePath(publicUrl);
  const home = `${base}/`;
  if (address === null || !URL.canParse(address, publicUrl)) return home;
  const { origin, pathname, search, hash } = new URL(address, publicUrl);
  // On its own, a path that begins with two slashes would name another host.
  const isOwn =
    origin === publicUrl.origin && !pathname.startsWith("//") && belowBase(pathname, base) !== null;
  return isOwn ? `${pathname}${search}${hash}` : home;
}
