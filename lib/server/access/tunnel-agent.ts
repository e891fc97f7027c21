import "server-only";

import { request as askInClear } from "node:http";
import { Agent, request as askSecurely } from "node:https";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { connect as connectSecurely, type ConnectionOptions } from "node:tls";

import { second, type Duration } from "@/lib/domain/instant";
import { findProxy, type OutboundProxy } from "@/lib/server/config/network";
import { ProxyFailure, refusedByProxy, toProxyFailure } from "@/lib/server/proxy-failure";

const connectWithin: Duration = 10 * second;

type Target = ConnectionOptions & { path?: string | undefined };
type Callback = (error: Error | null, socket?: Duplex) => void;

/**
 * An agent for Node's https that connects to each host directly or through the proxy, as `findProxy` says. Through a proxy
 * it opens a tunnel (CONNECT; RFC 9110, 9.3.6) with TLS to the host itself, which the proxy cannot read.
 */
export class TunnelAgent extends Agent {
  readonly #proxy: OutboundProxy;

  constructor(proxy: OutboundProxy) {
    super();
    this.#proxy = proxy;
  }

  override createConnection(options: Target, callback: Callback): Duplex | null | undefined {
    const target = `${options.host ?? ""}:${options.port ?? 443}`;
    const proxy = findProxy(new URL(`https://${target}`), this.#proxy);
    if (proxy === null) return super.createConnection(options, callback);
    openTunnel(proxy, target).then(
      // `path` belongs to the request. TLS would use it as the path of a Unix socket.
      (socket) => callback(null, connectSecurely({ ...options, path: undefined, socket })),
      (error: unknown) => callback(error instanceof Error ? error : new Error("The proxy failed.")),
    );
    return undefined;
  }
}

/** Resolves with a connection to `target` (host:port) through the proxy. Rejects if the proxy refuses. */
function openTunnel(proxy: URL, target: string): Promise<Socket> {
  const ask = proxy.protocol === "https:" ? askSecurely : askInClear;
  const { username, password } = proxy;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = { "proxy-authorization": `Basic ${Buffer.from(credentials).toString("base64")}` };
  return new Promise((resolve, reject) => {
    const asked = ask({
      method: "CONNECT",
      host: proxy.hostname.replace(/^\[(.*)\]$/, "$1"),
      port: proxy.port || (proxy.protocol === "https:" ? 443 : 80),
      path: target,
      headers: { host: target, ...(username === "" ? {} : authorization) },
      agent: false,
      timeout: connectWithin,
    });
    asked.once("connect", ({ statusCode }, socket) => {
      if (statusCode === 200) {
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(refusedByProxy(statusCode ?? 0));
    });
    asked.once("timeout", () => asked.destroy(new ProxyFailure("did not answer", "ETIMEDOUT")));
    asked.once("error", (error) => reject(toProxyFailure(error) ?? error));
    asked.end();
  });
}
