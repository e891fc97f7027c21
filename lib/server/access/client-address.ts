import "server-only";

import { type IpAddress, parseIpAddress, toNetworks, type TrustedProxies } from "@/lib/server/config/network";

/** What is read of a request's headers, both where they are a web `Headers` and where they are Node's. */
export type RequestHeaders = Pick<Headers, "get">;

/** Set on every request by http/before-next.ts, overwriting what the client sent. */
export const peerHeader = "rollcall-peer";

/** The keys for rate limits: `near` is an IPv4 address or an IPv6 /64, `wide` the IPv6 /48 around it. */
export type ClientAddress = { near: string; wide: string | null };

/**
 * The client's address: the nearest one that is not a trusted proxy. Null if no proxy is trusted, because all clients
 * may then share the address of a proxy in front of us.
 */
export function toClientAddress(
  headers: RequestHeaders,
  proxies: TrustedProxies | null,
): ClientAddress | null {
  const peer = readPeer(headers);
  if (peer === null || proxies === null) return null;
  let nearest: IpAddress = peer;
  for (const hop of (headers.get("x-forwarded-for") ?? "").split(",").toReversed()) {
    if (!proxies.isTrusted(nearest)) break;
    const address = parseIpAddress(hop);
    // The proxy could not name the client ("unknown"): those clients share the proxy's address.
    if (address === null) break;
    nearest = address;
  }
  return toNetworks(nearest);
}

/** The other end of the connection: the client, or a proxy in front of us. */
export function toPeerAddress(headers: RequestHeaders): ClientAddress | null {
  const peer = readPeer(headers);
  return peer === null ? null : toNetworks(peer);
}

function readPeer(headers: RequestHeaders): IpAddress | null {
  return parseIpAddress(headers.get(peerHeader) ?? "");
}
