import "server-only";

import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

import { readProcessSettings } from "@/lib/server/config/process-settings";

import { drawRejection } from "./draw-rejection";
import { findRejection, type Rejection } from "./find-rejection";
import { toPageHeaders } from "./page-headers";
import { toProblem } from "./problem";

export type OnForeignHost = (host: string, publicUrl: URL) => void;

/** Answers a request that cannot be served, in words: JSON below /api, a page elsewhere. False: it can be. */
export function rejectRequest(
  request: IncomingMessage,
  response: ServerResponse,
  onForeignHost: OnForeignHost,
): boolean {
  const { settings } = readProcessSettings();
  if (settings === null) return false;
  const { method = "", url = "", headers } = request;
  const rejection = findRejection({ method, url, headers }, settings.publicUrl);
  if (rejection === null) return false;
  if (rejection.status === 421) onForeignHost(rejection.host, settings.publicUrl);
  const { body, ...rest } = url.startsWith("/api/") ? toJson(rejection) : toPage(rejection);
  // What else the request brings, such as a large body, is not waited for.
  const all = { ...rest.headers, connection: "close", "content-length": String(Buffer.byteLength(body)) };
  for (const [name, value] of Object.entries(all)) response.setHeader(name, value);
  if (rejection.status === 405) response.setHeader("allow", rejection.allow);
  response.writeHead(rejection.status);
  response.end(method === "HEAD" ? undefined : body);
  return true;
}

type Answer = { headers: Record<string, string>; body: string };

function toJson({ status, detail }: Rejection): Answer {
  return {
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
    body: JSON.stringify(toProblem(status, detail)),
  };
}

function toPage(rejection: Rejection): Answer {
  const nonce = randomBytes(16).toString("base64");
  return {
    headers: { ...toPageHeaders(nonce, "/"), "content-type": "text/html; charset=utf-8" },
    body: drawRejection(toProblem(rejection.status, rejection.detail), nonce),
  };
}
