import "server-only";

import { isLoopbackHost } from "@/lib/server/config/network";

/**
 * Whether a request's Host header names this server: loopback, or the public address. Any other
 * value is a foreign name pointed at us (DNS rebinding), through which a web page could read us.
 */
export function isAllowedHost(host: string | null, publicUrl: URL): boolean {
  if (host === null) return false;
  if (!URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return isLoopbackHost(hostname) || hostname === publicUrl.hostname;
}
