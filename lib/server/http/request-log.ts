import "server-only";

import type { IncomingMessage } from "node:http";

import { peerHeader } from "@/lib/server/access/client-address";

import { addressHeader } from "./page-headers";

/**
 * Writes down on a request who is at the other end of its connection, and which address it asks for to the letter,
 * over whatever the request itself says of either: Next passes on no socket, and rewrites queries.
 */
export function noteRequest(request: IncomingMessage): void {
  request.headers[peerHeader] = request.socket.remoteAddress ?? "";
  request.headers[addressHeader] = request.url ?? "/";
}
