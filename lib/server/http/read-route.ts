import "server-only";

import { pollHeaders } from "@/lib/contract/paths";
import type { EndpointAction, SiteAction } from "@/lib/server/access/authorize";
import type { Person, Principal } from "@/lib/server/access/principal";
import type { Context } from "@/lib/server/context";
import type { Answer } from "@/lib/server/services/answer";
import { findEndpoint } from "@/lib/server/services/endpoints";
import { notFound } from "@/lib/server/services/errors";

import { toErrorResponse } from "./errors";
import { contextOf, guard, identifyFor, openContext } from "./guard";

type RouteContext<P> = { params: Promise<P> };
type Handler<P> = (request: Request, context: RouteContext<P>) => Promise<Response>;

type ReadRequest<P> = { principal: Principal; params: P; query: URLSearchParams };
type Read<P, T> = (ctx: Context, request: ReadRequest<P>) => Promise<Answer<T>>;

/**
 * Wraps every API route that reads something that is not one endpoint's: identifies the client, checks access, maps
 * errors, and writes the headers.
 */
export function getRoute<P, T>(action: SiteAction, read: Read<P, T>): Handler<P> {
  return (request, context) =>
    respond(request, async (ctx) => {
      const { headers } = request;
      const principal = await identifyFor(ctx, action, headers);
      guard(ctx, { headers, principal }, action, null);
      return read(ctx, { principal, params: await context.params, query: queryOf(request) });
    });
}

/** For what only people may read. */
export function personRoute<T>(
  action: "session:read" | "screen:list" | "people:manage",
  read: (ctx: Context, person: Person) => Promise<Answer<T>>,
): Handler<unknown> {
  return getRoute<unknown, T>(action, (ctx, { principal }) => {
    if (principal.kind !== "person") throw notFound();
    return read(ctx, principal);
  });
}

/** For what belongs to one endpoint, which the client must be allowed to see. */
export function endpointRoute<P extends { endpointId: string }, T>(
  action: EndpointAction,
  read: Read<P, T>,
): Handler<P> {
  return (request, context) =>
    respond(request, async (ctx) => {
      const { headers } = request;
      const principal = await identifyFor(ctx, action, headers);
      const params = await context.params;
      const endpoint = findEndpoint(ctx, params.endpointId) ?? undefined;
      guard(ctx, { headers, principal }, action, endpoint);
      return read(ctx, { principal, params, query: queryOf(request) });
    });
}

/** For guests: their token alone says which endpoint it is about. `P` are the parameters of the path. */
export function sharedRoute<P = object>(
  read: (ctx: Context, input: NoInfer<P> & { endpointId: string }) => Promise<Answer<unknown>>,
): Handler<P> {
  return getRoute<P, unknown>("shared:read", (ctx, { principal, params }) => {
    if (principal.kind !== "guest") throw notFound("Link");
    return read(ctx, { ...params, endpointId: principal.endpointId });
  });
}

async function respond<T>(request: Request, read: (ctx: Context) => Promise<Answer<T>>): Promise<Response> {
  try {
    return toResponse(request, await read(openContext(request.headers)));
  } catch (error) {
    return toErrorResponse(error, contextOf(request.headers)?.log ?? null);
  }
}

const noQuery = new URLSearchParams();

function queryOf(request: Request): URLSearchParams {
  return request.url.includes("?") ? new URL(request.url).searchParams : noQuery;
}

function toResponse<T>(request: Request, answer: Answer<T>): Response {
  const headers: Record<string, string> = {
    "cache-control": "private, no-cache",
    // If we set it, Node leaves out its own two lines about it: an unchanged poll stays under 300 bytes.
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

/** Whether an If-None-Match header names this ETag, by weak comparison (RFC 9110, 13.1.2). */
export function matchesETag(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  if (ifNoneMatch === etag || ifNoneMatch.trim() === "*") return true;
  const opaque = etag.replace(/^W\//, "");
  return ifNoneMatch.split(",").some((candidate) => candidate.trim().replace(/^W\//, "") === opaque);
}
