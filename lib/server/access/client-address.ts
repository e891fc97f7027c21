import "server-only";

import { type IpAddress, parseIpAddress, toNetworks, type TrustedProxies } from "@/lib/server/config/network";

/** Set on every request by http/before-next.ts, overwriting what the client sent. */
export const peerHeader = "rollcall-peer";

/** What limits count a visitor under: `near` is an IPv4 address or an IPv6 /64, `wide` the /48 around that. */
export type ClientAddress = { near: string; wide: string | null };

/**
 * Where a visitor is: the nearest address that no trusted proxy has. Null where no proxy is trusted, because
 * every visitor may then have the address of a proxy in front of us.
 */
export function toClientAddress(headers: Headers, proxies: TrustedProxies | null): ClientAddress | null {
  const peer = readPeer(headers);
  if (peer === null || proxies === null) return null;
  let nearest: IpAddress = peer;
  for (const hop of (headers.get("x-forwarded-for") ?? "").split(",").toReversed()) {
    if (!proxies.isTrusted(nearest)) break;
    const address = parseIpAddress(hop);
    // What a proxy could not name, it sent on itself: those visitors share the proxy's address.
    if (address === null) break;
    nearest = address;
  }
  return toNetworks(nearest);
}

/** The other end of the connection: a visitor, or a proxy in front of us. */
export function toPeerAddress(headers: Headers): ClientAddress | null {
  const peer = readPeer(headers);
  return peer === null ? null : toNetworks(peer);
}

function readPeer(headers: Headers): IpAddress | null {
  return parseIpAddress(headers.get(peerHeader) ?? "");
}
