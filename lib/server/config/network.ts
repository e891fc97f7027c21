import "server-only";

import { isIP } from "node:net";

import addresses, { type IPv4, type IPv6 } from "ipaddr.js";

/** Whether a host name or address (IPv6 with or without brackets) can only mean this machine. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase();
  if (name === "localhost" || name.endsWith(".localhost")) return true;
  return parseIpAddress(host)?.range() === "loopback";
}

export type IpAddress = IPv4 | IPv6;

/**
 * Reads an address as proxies and sockets write it: with or without a port, brackets, quotes and a zone.
 * An IPv4 address that is mapped into IPv6 is that IPv4 address. Null for everything else, also for short
 * and octal forms, which programs read differently.
 */
export function parseIpAddress(text: string): IpAddress | null {
  const plain = toPlain(text.trim());
  return isIP(plain) === 0 ? null : addresses.process(plain);
}

/** Takes off quotes, brackets, port and zone. */
function toPlain(text: string): string {
  const unquoted = /^"(.*)"$/.exec(text)?.[1] ?? text;
  const [, bracketed] = /^\[([^\]]*)\](?::\d+)?$/.exec(unquoted) ?? [];
  const [, withPort] = /^(\d[\d.]*):\d+$/.exec(unquoted) ?? [];
  return (bracketed ?? withPort ?? unquoted).replace(/%.*$/, "");
}

/** Reads an address or a network (`10.0.0.0/8`); null for neither. */
export function parseIpNetwork(text: string): [IpAddress, number] | null {
  const [address = "", bits, ...more] = text.split("/");
  const family = isIP(address);
  const longest = family === 4 ? 32 : 128;
  if (family === 0 || more.length > 0) return null;
  if (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= longest)) return null;
  const length = bits === undefined ? longest : Number(bits);
  const parsed = addresses.parse(address);
  // A mapped network is the IPv4 network that it holds.
  if (parsed instanceof addresses.IPv6 && parsed.isIPv4MappedAddress() && length >= 96) {
    return [parsed.toIPv4Address(), length - 96];
  }
  return [parsed, length];
}

/** Whether an address lies in a network of its own family. */
export function isWithin(address: IpAddress, [network, length]: [IpAddress, number]): boolean {
  return address.kind() === network.kind() && address.match(network, length);
}

/**
 * What limits count an address under. One subscriber has a whole IPv6 /64 (RFC 6177), so that is the address
 * there; `wide`, the /48 of a site, is for a looser limit beside it. Null for IPv4.
 */
export function toNetworks(address: IpAddress): { near: string; wide: string | null } {
  const text = address.toString();
  if (!(address instanceof addresses.IPv6)) return { near: text, wide: null };
  const network = (length: number) =>
    `${addresses.IPv6.networkAddressFromCIDR(`${text}/${length}`).toString()}/${length}`;
  return { near: network(64), wide: network(48) };
}

export type TrustedProxies = { isTrusted: (address: IpAddress) => boolean };

/** Addresses and networks (`10.0.0.0/8`) whose X-Forwarded-For is believed; null when one of them is neither. */
export function parseTrustedProxies(entries: readonly string[]): TrustedProxies | null {
  const parsed = entries.map(parseIpNetwork);
  const networks = parsed.filter((network) => network !== null);
  if (networks.length < parsed.length) return null;
  return { isTrusted: (address) => networks.some((network) => isWithin(address, network)) };
}

/** The way out of a network that lets nothing else out. */
export type OutboundProxy = {
  /** Address of the proxy, http or https, with its credentials if it has any. */
  address: URL;
  /** Hosts that are reached without it: `example.com` and every name below it, `host:port`, or `*` for all. */
  bypass: readonly string[];
};

/**
 * The proxy through which an address is reached; null: directly. Only https goes through a proxy, inside a tunnel that
 * the proxy cannot read. Plain http is for this machine alone, and this machine is always reached directly.
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

/** `*.example.com`, `.example.com` and `example.com` mean the same, as curl reads them. */
function toRule(entry: string): { host: string; port: string | null } {
  const [, name = "", port = null] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
  return { host: name === "*" ? name : name.replace(/^\*?\./, ""), port };
}

/** Where upstream is, and through which proxy it is reached, without credentials. */
export function upstreamPlace(upstreamUrl: URL, proxy: OutboundProxy | null): string {
  const way = findProxy(upstreamUrl, proxy);
  return way === null ? upstreamUrl.host : `${upstreamUrl.host} (through the proxy ${way.host})`;
}

/** What must never appear in a log. */
export function proxySecrets(proxy: OutboundProxy | null): string[] {
  const password = proxy?.address.password ?? "";
  return password === "" ? [] : [password, decodeURIComponent(password)];
}
