import "server-only";

import { Agent as PlainAgent } from "node:http";

import { fetch, ProxyAgent, type RequestInit, type Response } from "undici";

import { findProxy, type OutboundProxy } from "@/lib/server/config/network";
import { toProxyFailure } from "@/lib/server/proxy-failure";

import { TunnelAgent } from "./tunnel-agent";

/** One agent and dispatcher per proxy, so that connections are reused. */
const tunnels = new WeakMap<OutboundProxy, { agent: TunnelAgent; dispatcher: ProxyAgent }>();

function tunnelOf(proxy: OutboundProxy) {
  const known = tunnels.get(proxy);
  if (known !== undefined) return known;
  const made = { agent: new TunnelAgent(proxy), dispatcher: new ProxyAgent(proxy.address.href) };
  tunnels.set(proxy, made);
  return made;
}

/** The agent for requests to an identity provider, as options of Node's http and https. */
export function agentFor(issuer: URL, proxy: OutboundProxy | null): { agent?: PlainAgent } {
  if (proxy === null) return {};
  // Needed for plain http too: next-auth's OAuth library keeps the options of the previous provider.
  return { agent: issuer.protocol === "https:" ? tunnelOf(proxy).agent : new PlainAgent() };
}

/** `fetch`, through the proxy if `findProxy` says so. Rejects with a ProxyFailure if the proxy is why it failed. */
export async function fetchThrough(
  proxy: OutboundProxy | null,
  url: string,
  init: RequestInit,
): Promise<Response> {
  if (proxy === null || findProxy(new URL(url), proxy) === null) return fetch(url, init);
  return fetch(url, { ...init, dispatcher: tunnelOf(proxy).dispatcher }).catch((error: unknown) => {
    throw toProxyFailure(error) ?? error;
  });
}
