import "server-only";

import { isLoopbackHost } from "@/lib/server/config/network";

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
