import "server-only";

import { isIP } from "node:net";

import addresses, { type IPv4, type IPv6 } from "ipaddr.js";

/** Whether a host name or address (IPv6 with or without brackets) always means this machine. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase();
  if (name === "localhost" || name.endsWith(".localhost")) return true;
  return parseIpAddress(host)?.range() === "loopback";
}

export type IpAddress = IPv4 | IPv6;

/**
 * Parses an address as proxies and sockets write it: with or without port, brackets, quotes and zone. An IPv4-mapped
 * IPv6 address becomes the IPv4 address. Null for anything else, including short and octal forms, which programs read
 * differently.
 */
export function parseIpAddress(text: string): IpAddress | null {
  const plain = toPlain(text.trim());
  return isIP(plain) === 0 ? null : addresses.process(plain);
}

/** Removes quotes, brackets, port and zone. */
function toPlain(text: string): string {
  const unquoted = /^"(.*)"$/.exec(text)?.[1] ?? text;
  const [, bracketed] = /^\[([^\]]*)\](?::\d+)?$/.exec(unquoted) ?? [];
  const [, withPort] = /^(\d[\d.]*):\d+$/.exec(unquoted) ?? [];
  return (bracketed ?? withPort ?? unquoted).replace(/%.*$/, "");
}

/** Parses an address or a network (`10.0.0.0/8`); null for anything else. */
function parseIpNetwork(text: string): [IpAddress, number] | null {
  const [address = "", bits, ...more] = text.split("/");
  const family = isIP(address);
  const longest = family === 4 ? 32 : 128;
  if (family === 0 || more.length > 0) return null;
  if (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= longest)) return null;
  const length = bits === undefined ? longest : Number(bits);
  const parsed = addresses.parse(address);
  // An IPv4-mapped network becomes the IPv4 network.
  if (parsed instanceof addresses.IPv6 && parsed.isIPv4MappedAddress() && length >= 96) {
    return [parsed.toIPv4Address(), length - 96];
  }
  return [parsed, length];
}

/** Whether an address is in a network of the same family. */
function isWithin(address: IpAddress, [network, length]: [IpAddress, number]): boolean {
  return address.kind() === network.kind() && address.match(network, length);
}

/**
 * The keys under which limits count an address. `near` is the IPv4 address or the IPv6 /64, which one subscriber has
 * whole (RFC 6177). `wide` is the IPv6 /48 of a site, for a second, looser limit; null for IPv4.
 */
export function toNetworks(address: IpAddress): { near: string; wide: string | null } {
  const text = address.toString();
  if (!(address instanceof addresses.IPv6)) return { near: text, wide: null };
  const network = (length: number) =>
    `${addresses.IPv6.networkAddressFromCIDR(`${text}/${length}`).toString()}/${length}`;
  return { near: network(64), wide: network(48) };
}

export type TrustedProxies = { isTrusted: (address: IpAddress) => boolean };

/** Parses the addresses and networks whose X-Forwarded-For is trusted; null if one of them is invalid. */
export function parseTrustedProxies(entries: readonly string[]): TrustedProxies | null {
  const parsed = entries.map(parseIpNetwork);
  const networks = parsed.filter((network) => network !== null);
  if (networks.length < parsed.length) return null;
  return { isTrusted: (address) => networks.some((network) => isWithin(address, network)) };
}

/** An HTTP proxy for outgoing requests. */
export type OutboundProxy = {
  /** http or https, with credentials if the proxy needs them. */
  address: URL;
  /** Hosts that are reached directly: `example.com` and its subdomains, `host:port`, or `*` for all. */
  bypass: readonly string[];
};

/**
 * The proxy to use for an address; null: connect directly. Only https goes through the proxy, in a tunnel that the proxy
 * cannot read. Plain http is allowed to loopback only, which is always reached directly.
 */
export function findProxy({ protocol, hostname, port }: URL, proxy: OutboundProxy | null): URL | null {
  if (proxy === null || protocol !== "https:" || isLoopbackHost(hostname)) return null;
  const isBypassed = proxy.bypass.some((entry) => {
    const { host, port: onlyPort } = toRule(entry);
    if (onlyPort !== null && onlyPort !== (port || "443")) return false;
    return host === "*" || hostname === host || hostname.endsWith(`.${host}`);
  });
  return isBypassed ? null : proxy.address;
}

/** `*.example.com`, `.example.com` and `example.com` mean the same, as in curl. */
function toRule(entry: string): { host: string; port: string | null } {
  const [, name = "", port = null] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
  return { host: name === "*" ? name : name.replace(/^\*?\./, ""), port };
}

/** The upstream host and the proxy used to reach it, without credentials. */
export function upstreamPlace(upstreamUrl: URL, proxy: OutboundProxy | null): string {
  const way = findProxy(upstreamUrl, proxy);
  return way === null ? upstreamUrl.host : `${upstreamUrl.host} (through the proxy ${way.host})`;
}

/** Values that must never appear in a log. */
export function proxySecrets(proxy: OutboundProxy | null): string[] {
  const password = proxy?.address.password ?? "";
  return password === "" ? [] : [password, decodeURIComponent(password)];
}
