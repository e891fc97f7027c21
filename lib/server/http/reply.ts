import "server-only";

import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

import { whenKnown, type Soon } from "@/lib/server/soon";

/** A response before it is sent, the same from Next's route handlers and from ours before Next. */
export type Reply = {
  status: number;
  headers: Readonly<Record<string, string>>;
  bytes: Uint8Array<ArrayBuffer> | null;
};

/** For a route handler; Next compresses it. */
export function toResponse({ status, headers, bytes }: Reply): Response {
  return new Response(bytes, { status, headers });
}

/**
 * Sends a reply without Next. `requestId` goes into every answer but a 304, which stays short and keeps the headers of
 * the answer that it confirms.
 */
export function sendReply(
  { status, headers, bytes }: Reply,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
  requestId: () => string,
): Soon<null> {
  const all: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    // A client that wants the connection closed is not told that it stays open (RFC 9112, 9.6).
    if (name !== "connection" || response.shouldKeepAlive) all.push(name, value);
  }
  if (status !== 304) all.push("x-request-id", requestId());
  if (bytes === null) {
    response.writeHead(status, all).end();
    return null;
  }
  all.push("vary", "accept-encoding");
  return whenKnown(takesGzip(request) ? compress(bytes) : null, (sent) => {
    if (sent !== null) all.push("content-encoding", "gzip");
    const body = sent ?? bytes;
    all.push("content-length", String(body.byteLength));
    if (!response.destroyed) response.writeHead(status, all).end(body);
    return null;
  });
}

function takesGzip({ headers }: IncomingMessage): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(headers["accept-encoding"] ?? "");
}

/** Below this, compression saves nothing that counts. */
const smallestCompressed = 1_024;
const toGzip = promisify(gzip);
/** By the bytes of a view, and kept no longer than those are. */
const compressed = new WeakMap<Uint8Array<ArrayBuffer>, Soon<Uint8Array>>();

/** Compresses once for all viewers of the same bytes. Null if it is not worth it. */
function compress(bytes: Uint8Array<ArrayBuffer>): Soon<Uint8Array> | null {
  if (bytes.byteLength < smallestCompressed) return null;
  const known = compressed.get(bytes);
  if (known !== undefined) return known;
  const made = toGzip(bytes).then((gzipped) => {
    compressed.set(bytes, gzipped);
    return gzipped;
  });
  compressed.set(bytes, made);
  return made;
}
