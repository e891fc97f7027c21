import "server-only";

import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { Server } from "node:http";
import { Socket } from "node:net";

import { second, type Duration } from "@/lib/domain/instant";
import { isDevelopment } from "@/lib/server/config/settings";
import { parseIpAddress, toNetworks, type TrustedProxies } from "@/lib/server/config/network";

import { answerMalformed } from "./malformed-request";

export type ConnectionBounds = {
  /** Connections at once: in total, and from one address (an IPv6 /64). Further ones are closed immediately. */
  all: number;
  ofOne: number;
  /** How long the headers, and a whole request, may take to arrive. Node checks every 30 seconds. */
  headers: Duration;
  request: Duration;
};

export const connectionBounds: ConnectionBounds = {
  all: 4_000,
  ofOne: 1_000,
  headers: 10 * second,
  request: 30 * second,
};

/**
 * Bounds what clients can hold open: idle connections, and requests that arrive very slowly. Next does not expose its
 * server, so it is found by its first connection. Trusted proxies and this machine are exempt from the limit per
 * address, because all clients may come through them. Call this once, before the first connection: it holds for every
 * server of this process. Returns how to end that.
 */
export function boundConnections(bounds: ConnectionBounds, proxies: () => TrustedProxies | null): () => void {
  const open = new Map<string, number>();
  const onSocket = (message: unknown) => {
    const found = toSocket(message);
    if (found === null) return;
    const { server, socket } = found;
    if (server.maxConnections !== bounds.all) {
      server.maxConnections = bounds.all;
      server.headersTimeout = bounds.headers;
      server.requestTimeout = bounds.request;
      server.on("clientError", answerMalformed);
      // Only the development server upgrades connections. Without a listener Node treats such a request like any
      // other; Next's own would bypass before-next.ts, and leave the connection open.
      if (!isDevelopment) server.removeAllListeners("upgrade");
    }
    const address = parseIpAddress(socket.remoteAddress ?? "");
    if (address === null || address.range() === "loopback" || (proxies()?.isTrusted(address) ?? false))
      return;
    const { near } = toNetworks(address);
    const count = (open.get(near) ?? 0) + 1;
    if (count > bounds.ofOne) {
      socket.destroy();
      return;
    }
    open.set(near, count);
    socket.once("close", () => {
      const left = (open.get(near) ?? 1) - 1;
      if (left === 0) open.delete(near);
      else open.set(near, left);
    });
  };
  subscribe("net.server.socket", onSocket);
  return () => void unsubscribe("net.server.socket", onSocket);
}

type Found = {
  server: Pick<Server, "maxConnections" | "headersTimeout" | "requestTimeout" | "on" | "removeAllListeners">;
  socket: Socket;
};

function toSocket(message: unknown): Found | null {
  if (typeof message !== "object" || message === null || !("socket" in message)) return null;
  const { socket } = message;
  if (!(socket instanceof Socket) || !("server" in socket)) return null;
  return socket.server instanceof Server ? { server: socket.server, socket } : null;
}
