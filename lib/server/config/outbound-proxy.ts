import "server-only";

import { isLoopbackHost } from "./loopback";

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
