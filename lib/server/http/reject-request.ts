import "server-only";

import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

import { belowBase } from "@/lib/contract/base-path";
import { readProcessSettings } from "@/lib/server/config/settings";
import type { Log } from "@/lib/server/log";

import { drawRejection } from "./draw-rejection";
import { findRejection, type Rejection } from "./find-rejection";
import { toPageHeaders } from "./page-headers";
import { toProblem } from "./errors";

export type OnForeignHost = (host: string, publicUrl: URL) => void;

/** Why a request cannot be served; null if it can. */
export function judgeRequest(request: IncomingMessage, onForeignHost: OnForeignHost): Rejection | null {
  const { settings } = readProcessSettings();
  if (settings === null) return null;
  const { method = "", url = "", headers } = request;
  const rejection = findRejection({ method, url, headers }, settings.publicUrl);
  if (rejection?.status === 421) onForeignHost(rejection.host, settings.publicUrl);
  return rejection;
}

/** Answers a request that cannot be served: problem details below /api, a page elsewhere. */
export function sendRejection(
  { method, url = "" }: IncomingMessage,
  response: ServerResponse,
  rejection: Rejection,
): void {
  const { body, ...rest } =
    belowBase(url)?.startsWith("/api/") === true ? toJson(rejection) : toPage(rejection);
  // The rest of the request, such as a large body, is not read.
  const all = { ...rest.headers, connection: "close", "content-length": String(Buffer.byteLength(body)) };
  for (const [name, value] of Object.entries(all)) response.setHeader(name, value);
  if (rejection.status === 405) response.setHeader("allow", rejection.allow);
  response.writeHead(rejection.status);
  response.end(method === "HEAD" ? undefined : body);
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

/** Strangers choose the names, so only the first few are logged. */
const mostNames = 20;

/**
 * Logs each foreign host once. `host` is empty where the request names none that could be a host. `log` returns null
 * until Rollcall has started.
 */
export function createForeignHostLog(log: () => Log | null): OnForeignHost {
  const names = new Set<string>();
  return (host, publicUrl) => {
    const into = log();
    if (into === null || names.has(host) || names.size >= mostNames) return;
    names.add(host);
    into.warn(
      {
        host,
        address: publicUrl.origin,
        ...(names.size === mostNames ? { furtherNames: "not logged" } : {}),
      },
      "request rejected: its host is not the one in ROLLCALL_URL",
    );
  };
}
