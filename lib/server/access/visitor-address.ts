import "server-only";

import { toPlainAddress, type TrustedProxies } from "@/lib/server/config/trusted-proxies";

/** Set on every request as it comes in, over whatever it brought (http/note-requests.ts). */
export const peerHeader = "rollcall-peer";

/**
 * Where a visitor is: the nearest address that no trusted proxy has. Null where no proxy is trusted, for then
 * every visitor may have the address of one in front of us.
 */
export function toVisitorAddress(headers: Headers, proxies: TrustedProxies | null): string | null {
  const peer = headers.get(peerHeader);
  if (peer === null || proxies === null) return null;
  const hops = [...(headers.get("x-forwarded-for") ?? "").split(","), peer]
    .map((hop) => toPlainAddress(hop.trim()))
    .filter((hop) => hop !== "");
  return hops.findLast((hop) => !proxies.isTrusted(hop)) ?? hops[0] ?? null;
}
