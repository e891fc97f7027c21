import "server-only";

import { isLoopbackHost } from "@/lib/server/config/network";

/**
 * Whether the Host header names this server: loopback, or the host of ROLLCALL_URL. Any other name may be a DNS rebinding
 * attack, in which a foreign web page reads our answers.
 */
export function isAllowedHost(host: string | null, publicUrl: URL): boolean {
  if (host === null) return false;
  if (!URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return isLoopbackHost(hostname) || hostname === publicUrl.hostname;
}
