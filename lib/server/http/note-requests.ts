import "server-only";

import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage } from "node:http";

import { peerHeader } from "@/lib/server/access/visitor-address";

import { addressHeader } from "./page-headers";

/**
 * Notes on every request who is at the other end of its connection, and which address it asks for to the letter,
 * over whatever the request itself says of either: Next hands on no socket, and writes queries anew. Called once,
 * before the first request.
 */
export function noteRequests(): void {
  subscribe("http.server.request.start", (message) => {
    const request = toRequest(message);
    if (request === null) return;
    request.headers[peerHeader] = request.socket.remoteAddress ?? "";
    request.headers[addressHeader] = request.url ?? "/";
  });
}

function toRequest(message: unknown): IncomingMessage | null {
  if (typeof message !== "object" || message === null || !("request" in message)) return null;
  return message.request instanceof IncomingMessage ? message.request : null;
}
