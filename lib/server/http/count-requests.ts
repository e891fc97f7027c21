import "server-only";

import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage, ServerResponse } from "node:http";

import { belowBase } from "@/lib/contract/base-path";
import { second } from "@/lib/domain/instant";
import { findContext } from "@/lib/server/context";

import { toRoute } from "./to-route";

const methods = new Set(["GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS"]);

/** Counts every answered request of this process by route, method and status, also what Next answers. Call this once. */
export function countRequests(): void {
  const begun = new WeakMap<IncomingMessage, number>();
  subscribe("http.server.request.start", (message) => {
    const request = toExchange(message)?.request;
    if (request !== undefined) begun.set(request, performance.now());
  });
  subscribe("http.server.response.finish", (message) => {
    const exchange = toExchange(message);
    const metrics = findContext()?.metrics;
    if (exchange === null || metrics === undefined) return;
    const { request, status: code } = exchange;
    const { url = "/", method = "" } = request;
    const route = toRoute(belowBase(url) ?? "");
    const status = String(code);
    metrics.http.requests.inc({ route, method: methods.has(method) ? method : "other", status });
    const at = begun.get(request);
    if (at !== undefined) metrics.http.duration.observe({ route }, (performance.now() - at) / second);
  });
}

type Exchange = { request: IncomingMessage; status: number };

function toExchange(message: unknown): Exchange | null {
  if (typeof message !== "object" || message === null) return null;
  if (!("request" in message) || !("response" in message)) return null;
  const { request, response } = message;
  if (!(request instanceof IncomingMessage) || !(response instanceof ServerResponse)) return null;
  return { request, status: response.statusCode };
}
