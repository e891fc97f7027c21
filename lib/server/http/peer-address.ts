import "server-only";

import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage } from "node:http";

import { peerHeader } from "@/lib/server/access/visitor-address";

/**
 * Notes on every request who is at the other end of its connection, over whatever the request itself says:
 * Next hands route handlers no socket. Called once, before the first request.
 */
export function notePeerAddresses(): void {
  subscribe("http.server.request.start", (message) => {
    const request = toRequest(message);
    if (request !== null) request.headers[peerHeader] = request.socket.remoteAddress ?? "";
  });
}

function toRequest(message: unknown): IncomingMessage | null {
  if (typeof message !== "object" || message === null || !("request" in message)) return null;
  return message.request instanceof IncomingMessage ? message.request : null;
}
