import "server-only";

import type { ServerResponse } from "node:http";

/**
 * Next writes every header of a route handler's answer as a list, and its own compression ignores a Content-Type
 * that is a list of one: JSON would never be compressed. This passes such lists on as plain values. It also drops a
 * `Connection: keep-alive` where the client wants the connection closed (RFC 9112, 9.6).
 */
export function writeAsciiHeaders(response: ServerResponse): void {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) =>
    !response.shouldKeepAlive && name.toLowerCase() === "connection"
      ? response
      : setHeader(name, toPlain(value));
}

type HeaderValue = number | string | readonly string[];

function toPlain(value: HeaderValue): HeaderValue {
  if (typeof value !== "object") return value;
  const [only, ...others] = value;
  return only === undefined || others.length > 0 ? value : only;
}
