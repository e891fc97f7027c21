import "server-only";

import { pollHeaders } from "@/lib/contract/paths";
import type { EndpointAction, SiteAction, WatchedEndpoint } from "@/lib/server/access/authorize";
import type { Person, Principal } from "@/lib/server/access/principal";
import { findEndpoint } from "@/lib/server/services/find-endpoint";
import { toHistoryProblem } from "@/lib/server/services/history-unavailable";
import type { Answer } from "@/lib/server/services/read-endpoint";
import { rollcall } from "@/lib/server/wiring";

import { deny, checkHost, unknown, whoAsks } from "./guard";
import { matchesETag } from "./conditional";
import { toProblemResponse } from "./problem";

type RouteContext<P> = { params: Promise<P> };
type Handler<P> = (request: Request, context: RouteContext<P>) => Promise<Response>;

/** A request that cannot be answered as it was made; `message` says to the caller what to change. */
export class BadRequest extends Error {}

/** What a question comes with. */
export type ReadRequest<P> = { principal: Principal; params: P; query: URLSearchParams };

/**
 * The wrapper of every API route that reads something of the house: who asks, whether they may, what they get, and
 * how it travels. `read` resolves with null for what does not exist or may not be known: both are the same 404.
 */
export function getRoute<P, T>(
  action: SiteAction,
  read: (question: ReadRequest<P>) => Promise<Answer<T> | null>,
): Handler<P> {
  return (request, context) =>
    answerSafely(request, async () => {
      const principal = await whoAsks(action, request.headers);
      const rejection = deny(request.headers, principal, action, null);
      if (rejection !== null) return rejection;
      const answer = await read({ principal, params: await context.params, query: queryOf(request) });
      return answer === null ? unknown() : toResponse(request, answer);
    });
}

/** The same of what only people may read; `person` is who asks. */
export function readForPerson<T>(
  action: "session:read" | "screen:list",
  read: (person: Person) => Promise<Answer<T>>,
): Handler<unknown> {
  return getRoute<unknown, T>(action, ({ principal }) =>
    principal.kind === "person" ? read(principal) : Promise.resolve(null),
  );
}

/** The same of one endpoint, which has to be one that the asker may see. */
export function endpointRoute<P extends { endpointId: string }, T>(
  action: EndpointAction,
  read: (params: P, query: URLSearchParams) => Promise<Answer<T> | null>,
): Handler<P> {
  return (request, context) =>
    answerSafely(request, async () => {
      const principal = await whoAsks(action, request.headers);
      const params = await context.params;
      const endpoint: WatchedEndpoint | null = findEndpoint(params.endpointId);
      const rejection = deny(request.headers, principal, action, endpoint ?? undefined);
      if (rejection !== null) return rejection;
      const answer = await read(params, queryOf(request));
      return answer === null ? unknown() : toResponse(request, answer);
    });
}

async function answerSafely(request: Request, answer: () => Promise<Response>): Promise<Response> {
  const wrongHost = checkHost(request.headers);
  if (wrongHost !== null) return wrongHost;
  try {
    return await answer();
  } catch (error) {
    if (error instanceof BadRequest) return toProblemResponse(400, error.message);
    const unreadable = toHistoryProblem(error);
    if (unreadable !== null) return toProblemResponse(503, unreadable, { "retry-after": "5" });
    rollcall().log.error({ fault: String(error) }, "A request could not be answered.");
    return toProblemResponse(500, "Rollcall could not answer. The log of the server says more.");
  }
}

const noQuery = new URLSearchParams();

function queryOf(request: Request): URLSearchParams {
  return request.url.includes("?") ? new URL(request.url).searchParams : noQuery;
}

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
