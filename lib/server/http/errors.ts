import "server-only";

import type { Problem } from "@/lib/contract/problem";
import { second } from "@/lib/domain/instant";
import type { Log } from "@/lib/server/log";
import {
  isServiceError,
  toHistoryProblem,
  type ErrorKind,
  type ServiceError,
} from "@/lib/server/services/errors";

import { toResponse, type Reply } from "./reply";

const titles = {
  400: "Bad request",
  401: "Not signed in",
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  429: "Too many requests",
  421: "Misdirected request",
  500: "Internal error",
  503: "Not ready",
} as const;

type Status = keyof typeof titles;

/** The body of an error response. `detail` is for people and names no internal cause. */
export function toProblem(status: Status, detail: string): Problem {
  return { type: "about:blank", title: titles[status], status, detail };
}

/** An error response as RFC 9457 problem details. `detail` is for people and names no internal cause. */
function toProblemReply(
  status: Status,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      ...headers,
    },
    bytes: new TextEncoder().encode(JSON.stringify(toProblem(status, detail))),
  };
}

/** The same as the response of a route handler. */
export function toProblemResponse(...problem: Parameters<typeof toProblemReply>): Response {
  return toResponse(toProblemReply(...problem));
}

const statuses: Record<ErrorKind, Status> = {
  invalid: 400,
  unauthenticated: 401,
  denied: 403,
  not_found: 404,
  conflict: 409,
  misdirected: 421,
  too_many: 429,
  unavailable: 503,
};

/** The one place where errors become responses. Whatever no service threw on purpose is logged, and is a 500. */
export function toErrorReply(error: unknown, log: Log | null): Reply {
  if (isServiceError(error)) return toServiceProblem(error);
  const unavailable = toHistoryProblem(error);
  if (unavailable !== null) return toProblemReply(503, unavailable, { "retry-after": "5" });
  log?.error({ err: error }, "request failed");
  return toProblemReply(500, "Something went wrong in Rollcall. The server log has the details.");
}

/** The same as the response of a route handler. */
export function toErrorResponse(error: unknown, log: Log | null): Response {
  return toResponse(toErrorReply(error, log));
}

function toServiceProblem({ kind, message, retryIn }: ServiceError): Reply {
  const status = statuses[kind];
  if (kind === "unauthenticated")
    return toProblemReply(status, message, { "www-authenticate": 'Cookie realm="Rollcall"' });
  if (retryIn === null) return toProblemReply(status, message);
  const seconds = Math.max(1, Math.ceil(retryIn / second));
  const wait = seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`;
  return toProblemReply(status, `${message} Try again in ${wait}.`, { "retry-after": String(seconds) });
}
