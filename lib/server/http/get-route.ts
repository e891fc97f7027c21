import "server-only";

import { pollHeaders } from "@/lib/contract/paths";
import { isAllowedHost } from "@/lib/server/access/allowed-host";
import { toHistoryProblem } from "@/lib/server/services/history-unavailable";
import type { Answer } from "@/lib/server/services/read-endpoint";
import { hasStarted, rollcall } from "@/lib/server/wiring";

import { matchesETag } from "./conditional";
import { toProblemResponse } from "./problem";

type RouteContext<P> = { params: Promise<P> };

/** A request that cannot be answered as it was made; `message` says to the caller what to change. */
export class BadRequest extends Error {}

/**
 * The one wrapper of every API route: who asks, what they get, and how it travels.
 * `read` resolves with null for what does not exist or may not be known: both are the same 404.
 */
export function getRoute<P, T>(
  read: (params: P, query: URLSearchParams, headers: Headers) => Promise<Answer<T> | null>,
): (request: Request, context: RouteContext<P>) => Promise<Response> {
  return async (request, context) => {
    if (!hasStarted()) return toProblemResponse(503, "Rollcall is starting. Try again in a second.");
    if (!isAllowedHost(request.headers.get("host"), rollcall().settings.publicUrl)) {
      return toProblemResponse(421, "This address is not one that Rollcall answers to.");
    }
    try {
      const query = request.url.includes("?") ? new URL(request.url).searchParams : noQuery;
      const answer = await read(await context.params, query, request.headers);
      if (answer === null) return toProblemResponse(404, "Rollcall watches nothing by this name.");
      return toResponse(request, answer);
    } catch (error) {
      if (error instanceof BadRequest) return toProblemResponse(400, error.message);
      const unreadable = toHistoryProblem(error);
      if (unreadable !== null) return toProblemResponse(503, unreadable, { "retry-after": "5" });
      rollcall().log.error({ fault: String(error) }, "A request could not be answered.");
      return toProblemResponse(500, "Rollcall could not answer. The log of the server says more.");
    }
  };
}

const noQuery = new URLSearchParams();

function toResponse<T>(request: Request, answer: Answer<T>): Response {
  const headers: Record<string, string> = {
    "cache-control": "private, no-cache",
    // Said by us, Node leaves out its own two lines about it: an unchanged poll stays under 300 bytes.
    connection: "keep-alive",
    etag: answer.etag,
    [pollHeaders.nextPollIn]: String(answer.nextPollIn),
  };
  if (answer.age !== null) headers[pollHeaders.age] = String(answer.age);
  if (matchesETag(request.headers.get("if-none-match"), answer.etag)) {
    return new Response(null, { status: 304, headers });
  }
  headers["content-type"] = "application/json";
  headers["x-content-type-options"] = "nosniff";
  // Compression is Next's: it removes a content encoding that a route handler sets itself.
  return new Response(answer.bytes, { headers: { ...headers, ...answer.headers } });
}
