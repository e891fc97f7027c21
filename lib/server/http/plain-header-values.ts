import "server-only";

import { subscribe } from "node:diagnostics_channel";
import { ServerResponse } from "node:http";

/**
 * Next writes every header of a route handler's answer as a list, and its own compression passes
 * over a Content-Type that is a list of one: JSON would never be compressed. This hands such lists
 * on as plain values. Called once, before the first request.
 */
export function writePlainHeaderValues(): void {
  subscribe("http.server.request.start", (message) => {
    const response = toResponse(message);
    if (response === null) return;
    const setHeader = response.setHeader.bind(response);
    response.setHeader = (name, value) => setHeader(name, toPlain(value));
  });
}

type HeaderValue = number | string | readonly string[];

function toPlain(value: HeaderValue): HeaderValue {
  if (typeof value !== "object") return value;
  const [only, ...others] = value;
  return only === undefined || others.length > 0 ? value : only;
}

function toResponse(message: unknown): ServerResponse | null {
  if (typeof message !== "object" || message === null || !("response" in message)) return null;
  return message.response instanceof ServerResponse ? message.response : null;
}
