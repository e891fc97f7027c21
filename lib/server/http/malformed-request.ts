import "server-only";

import type { Socket } from "node:net";

const answers = {
  400: {
    reason: "Bad Request",
    detail: "This is not a request that an HTTP server can read.",
  },
  408: {
    reason: "Request Timeout",
    detail: "The request did not arrive in time. Send it again.",
  },
  431: {
    reason: "Request Header Fields Too Large",
    detail:
      "The address and headers of this request are longer than 16 KiB. Delete the cookies of this site, or shorten the address.",
  },
} as const;

/**
 * Answers a request that Node's parser refused, and closes its connection. Node's own answer says only the status. A
 * response that is under way is broken off instead, because a second one inside it would corrupt it.
 */
export function answerMalformed(error: Error, socket: Socket): void {
  if (!socket.writable || hasResponse(socket)) {
    socket.destroy();
    return;
  }
  const status = toStatus(error);
  const { reason, detail } = answers[status];
  const body = `${detail}\n`;
  const head = [
    `HTTP/1.1 ${status} ${reason}`,
    "content-type: text/plain; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    "cache-control: no-store",
    "x-content-type-options: nosniff",
    "connection: close",
  ];
  socket.end([...head, "", body].join("\r\n"));
}

/** Node keeps the response that a connection is answering in this property (its own check, in _http_server.js). */
function hasResponse(socket: Socket): boolean {
  return "_httpMessage" in socket && socket._httpMessage !== null;
}

function toStatus(error: Error): keyof typeof answers {
  const code = "code" in error ? error.code : null;
  if (code === "HPE_HEADER_OVERFLOW") return 431;
  return code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400;
}
