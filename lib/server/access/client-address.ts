import "server-only";

import { LRUCache } from "lru-cache";

import { type IpAddress, parseIpAddress, toNetworks, type TrustedProxies } from "@/lib/server/config/network";

/** What is read of a request's headers, both where they are a web `Headers` and where they are Node's. */
export type RequestHeaders = Pick<Headers, "get">;

/** Set on every request by http/before-next.ts, overwriting what the client sent. */
export const peerHeader = "rollcall-peer";

/** The keys for rate limits: `near` is an IPv4 address or an IPv6 /64, `wide` the IPv6 /48 around it. */
export type ClientAddress = { near: string; wide: string | null };

/**
 * Parsing an address costs a tenth of a poll, and a viewer sends many from the same one. Long lists of proxies are not
 * kept: clients choose them.
 */
const known = new WeakMap<TrustedProxies, LRUCache<string, { address: ClientAddress | null }>>();
const mostKnown = 1_000;
const longestKept = 100;

/**
 * The client's address: the nearest one that is not a trusted proxy. Null if no proxy is trusted, because all clients
 * may then share the address of a proxy in front of us.
 */
export function toClientAddress(
  headers: RequestHeaders,
  proxies: TrustedProxies | null,
): ClientAddress | null {
  if (proxies === null) return null;
  const peer = headers.get(peerHeader) ?? "";
  const hops = headers.get("x-forwarded-for") ?? "";
  if (hops.length > longestKept) return findClient(peer, hops, proxies);
  const key = `${peer} ${hops}`;
  const earlier = known.get(proxies) ?? new LRUCache({ max: mostKnown });
  const found = earlier.get(key);
  if (found !== undefined) return found.address;
  known.set(proxies, earlier);
  const address = findClient(peer, hops, proxies);
  earlier.set(key, { address });
  return address;
}

function findClient(from: string, hops: string, proxies: TrustedProxies): ClientAddress | null {
  const peer = parseIpAddress(from);
  if (peer === null) return null;
  let nearest: IpAddress = peer;
  for (const hop of hops.split(",").toReversed()) {
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
  const peer = parseIpAddress(headers.get(peerHeader) ?? "");
  return peer === null ? null : toNetworks(peer);
}
