import "server-only";

import { pollHeaders } from "@/lib/contract/paths";
import type { Action, ActionObjects, EndpointAction, SiteAction } from "@/lib/server/access/authorize";
import type { RequestHeaders } from "@/lib/server/access/client-address";
import type { Person, Principal } from "@/lib/server/access/principal";
import type { Context } from "@/lib/server/context";
import type { Answer } from "@/lib/server/services/answer";
import { findEndpoint } from "@/lib/server/services/endpoints";
import { notFound } from "@/lib/server/services/errors";
import { whenKnown, type Soon } from "@/lib/server/soon";

import { toErrorReply } from "./errors";
import { contextOf, guard, identifyFor, openContext } from "./guard";
import type { Reply } from "./reply";

/** What a read is asked with. `url` is an address or only its path and query; `signal` aborts when the client leaves. */
export type ReadRequest = { url: string; headers: RequestHeaders; readonly signal?: AbortSignal };

/** A read of the API, from a request and the parameters of its path to the reply. It never rejects. */
export type ReadOperation<P> = (request: ReadRequest, params: P) => Soon<Reply>;

type ReadInput<P> = {
  principal: Principal;
  params: P;
  query: URLSearchParams;
  /** Throws if the client may not read this any more: for an answer that was held back. */
  recheck: () => Soon<unknown>;
};
type Read<P, T> = (ctx: Context, input: ReadInput<P>, request: ReadRequest) => Soon<Answer<T>>;

/** For what is not one endpoint's: identifies the client, checks access, maps errors, and gives the headers. */
export function siteRead<P, T>(action: SiteAction, read: Read<P, T>): ReadOperation<P> {
  return (request, params) => answerRead(request, params, { action, toObject: () => null, read });
}

/** For what only people may read. */
export function personRead<T>(
  action: "session:read" | "screen:list" | "people:manage" | "token:manage",
  read: (ctx: Context, person: Person) => Promise<Answer<T>>,
): ReadOperation<unknown> {
  return siteRead<unknown, T>(action, (ctx, { principal }) => {
    if (principal.kind !== "person") throw notFound();
    return read(ctx, principal);
  });
}

/** For what belongs to one endpoint, which the client must be allowed to see. */
export function endpointRead<P extends { endpointId: string }, T>(
  action: EndpointAction,
  read: Read<P, T>,
): ReadOperation<P> {
  const toObject = (ctx: Context, { endpointId }: P) => findEndpoint(ctx, endpointId) ?? undefined;
  return (request, params) => answerRead(request, params, { action, toObject, read });
}

/** For guests: their token alone says which endpoint it is about. `P` are the parameters of the path. */
export function sharedRead<P = object>(
  read: (
    ctx: Context,
    input: NoInfer<P> & { endpointId: string; query: URLSearchParams },
  ) => Soon<Answer<unknown>>,
): ReadOperation<P> {
  return siteRead<P, unknown>("shared:read", (ctx, { principal, params, query }) => {
    if (principal.kind !== "guest") throw notFound("Link");
    return read(ctx, { ...params, query, endpointId: principal.endpointId });
  });
}

type Guarded<A extends Action, P, T> = {
  action: A;
  toObject: (ctx: Context, params: P) => ActionObjects[A] | undefined;
  read: Read<P, T>;
};

function answerRead<A extends Action, P, T>(
  request: ReadRequest,
  params: P,
  guarded: Guarded<A, P, T>,
): Soon<Reply> {
  const fail = (error: unknown) => toErrorReply(error, contextOf(request.headers)?.log ?? null);
  try {
    const reply = makeReply(request, params, guarded);
    return reply instanceof Promise ? reply.catch(fail) : reply;
  } catch (error) {
    return fail(error);
  }
}

function makeReply<A extends Action, P, T>(
  request: ReadRequest,
  params: P,
  { action, toObject, read }: Guarded<A, P, T>,
): Soon<Reply> {
  const { headers } = request;
  const ctx = openContext(headers);
  const check = () =>
    whenKnown(identifyFor(ctx, action, headers), (principal) => {
      guard(ctx, { headers, principal }, action, toObject(ctx, params));
      return principal;
    });
  return whenKnown(check(), (principal) => {
    const answer = read(ctx, { principal, params, query: queryOf(request), recheck: check }, request);
    return whenKnown(answer, (known) => toReply(request, known));
  });
}

const noQuery = new URLSearchParams();

function queryOf({ url }: ReadRequest): URLSearchParams {
  const start = url.indexOf("?");
  return start === -1 ? noQuery : new URLSearchParams(url.slice(start));
}

function toReply<T>(request: ReadRequest, answer: Answer<T>): Reply {
  const headers: Record<string, string> = {
    "cache-control": "private, no-cache",
    // If we set it, Node leaves out its own two lines about it: an unchanged poll stays under 300 bytes.
    connection: "keep-alive",
    etag: answer.etag,
    [pollHeaders.nextPollIn]: String(answer.nextPollIn),
  };
  if (answer.age !== null) headers[pollHeaders.age] = String(answer.age);
  if (matchesETag(request.headers.get("if-none-match"), answer.etag)) {
    return { status: 304, headers, bytes: null };
  }
  headers["content-type"] = "application/json";
  headers["x-content-type-options"] = "nosniff";
  return { status: 200, headers: { ...headers, ...answer.headers }, bytes: answer.bytes };
}

/** Whether an If-None-Match header names this ETag, by weak comparison (RFC 9110, 13.1.2). */
export function matchesETag(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  if (ifNoneMatch === etag || ifNoneMatch.trim() === "*") return true;
  const opaque = etag.replace(/^W\//, "");
  return ifNoneMatch.split(",").some((candidate) => candidate.trim().replace(/^W\//, "") === opaque);
}
