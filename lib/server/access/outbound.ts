import "server-only";

import { Agent as PlainAgent } from "node:http";

import { fetch, ProxyAgent, type RequestInit, type Response } from "undici";

import { findProxy, type OutboundProxy } from "@/lib/server/config/network";

import { TunnelAgent } from "./tunnel-agent";

/** One of each for a proxy: handshakes come and go, and connections may stay. */
const tunnels = new WeakMap<OutboundProxy, { agent: TunnelAgent; dispatcher: ProxyAgent }>();

function tunnelOf(proxy: OutboundProxy) {
  const known = tunnels.get(proxy);
  if (known !== undefined) return known;
  const made = { agent: new TunnelAgent(proxy), dispatcher: new ProxyAgent(proxy.address.href) };
  tunnels.set(proxy, made);
  return made;
}

/** The agent for requests to an identity provider, as options for Node's http and https. */
export function agentFor(issuer: URL, proxy: OutboundProxy | null): { agent?: PlainAgent } {
  if (proxy === null) return {};
  // Said of plain http too: the handshake's library keeps the options of the provider before.
  return { agent: issuer.protocol === "https:" ? tunnelOf(proxy).agent : new PlainAgent() };
}

/** `fetch`, directly or through the proxy, as `findProxy` says of the address. */
export function fetchThrough(proxy: OutboundProxy | null, url: string, init: RequestInit): Promise<Response> {
  const isDirect = proxy === null || findProxy(new URL(url), proxy) === null;
  return fetch(url, isDirect ? init : { ...init, dispatcher: tunnelOf(proxy).dispatcher });
}
