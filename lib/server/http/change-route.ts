import "server-only";

import * as z from "zod/mini";

import type { EndpointAction, SiteAction } from "@/lib/server/access/authorize";
import type { Person, Principal } from "@/lib/server/access/principal";
import { isFromProgram, isSameOrigin } from "@/lib/server/access/own-origin";
import type { Context } from "@/lib/server/context";
import { findEndpoint } from "@/lib/server/services/endpoints";
import { denied, invalid, notFound } from "@/lib/server/services/errors";

import { readFields, readJson } from "./body";
import { toErrorResponse } from "./errors";
import { answerForm, type FormDescription } from "./form";
import { contextOf, guard, identifyFor, openContext } from "./guard";

type RouteContext<P> = { params: Promise<P> };
type Handler<P> = (request: Request, context: RouteContext<P>) => Promise<Response>;

type ChangeRequest<P, B> = { principal: Principal; params: P; body: B; headers: Headers };
/** Resolves with the body of the response, or with body and cookies. */
type Change<P, B, T> = (ctx: Context, request: ChangeRequest<P, B>) => Promise<T | WithCookies<T>>;
export type PersonRequest<P, B = unknown> = ChangeRequest<P, B> & { person: Person };
type PersonChange<P, B, T> = (ctx: Context, request: PersonRequest<P, B>) => Promise<T | WithCookies<T>>;

/** The body of a response that also sets cookies. */
export class WithCookies<T> {
  constructor(
    readonly answer: T,
    readonly cookies: readonly string[],
  ) {}
}

/** The body of a change that needs none: absent, or an empty object. */
export const nothingSchema = z.optional(z.object({}));

/** What crosses HTTP. With `form`, a form can ask for the change, too; with `isForPrograms`, requests without an origin. */
type Exchange<B, T> = {
  body: z.ZodMiniType<B>;
  answer: z.ZodMiniType<T>;
  form?: FormDescription;
  isForPrograms?: true;
};

/**
 * Wraps every route that changes something: rejects pages of another origin, identifies the client, checks access,
 * parses the body, encodes the answer, and maps errors. A form is answered with a page.
 */
export function changeRoute<P, B, T>(
  action: SiteAction,
  exchange: Exchange<B, T>,
  change: Change<P, B, NoInfer<T>>,
): Handler<P> {
  return (request, context) =>
    respond(request, exchange, async (ctx, body) => {
      const { headers } = request;
      const principal = await identifyFor(ctx, action, headers);
      guard(ctx, { headers, principal }, action, null);
      return change(ctx, { principal, params: await context.params, body, headers });
    });
}

/** For what only people may change. */
export function personChangeRoute<P, B, T>(
  action:
    | "session:read"
    | "screen:pair"
    | "screen:list"
    | "people:manage"
    | "token:manage"
    | "notifications:manage",
  exchange: Exchange<B, T>,
  change: PersonChange<P, B, NoInfer<T>>,
): Handler<P> {
  return changeRoute<P, B, T>(action, exchange, (ctx, request) => asPerson(ctx, request, change));
}

/** For what programs may ask of one endpoint, too. */
export function endpointCallerRoute<P extends { endpointId: string }, T>(
  action: EndpointAction,
  answer: z.ZodMiniType<T>,
  change: Change<P, unknown, NoInfer<T>>,
): Handler<P> {
  return (request, context) =>
    respond(request, { body: nothingSchema, answer, isForPrograms: true }, async (ctx, body) => {
      const { headers } = request;
      const principal = await identifyFor(ctx, action, headers);
      const params = await context.params;
      guard(ctx, { headers, principal }, action, findEndpoint(ctx, params.endpointId) ?? undefined);
      return change(ctx, { principal, params, body, headers });
    });
}

/** For what belongs to one endpoint, which the person must be allowed to change. */
export function endpointChangeRoute<P extends { endpointId: string }, B, T>(
  action: EndpointAction,
  exchange: Exchange<B, T>,
  change: PersonChange<P, B, NoInfer<T>>,
): Handler<P> {
  return (request, context) =>
    respond(request, exchange, async (ctx, body) => {
      const { headers } = request;
      const principal = await identifyFor(ctx, action, headers);
      const params = await context.params;
      const endpoint = findEndpoint(ctx, params.endpointId) ?? undefined;
      guard(ctx, { headers, principal }, action, endpoint);
      return asPerson(ctx, { principal, params, body, headers }, change);
    });
}

function asPerson<P, B, T>(ctx: Context, request: ChangeRequest<P, B>, change: PersonChange<P, B, T>) {
  if (request.principal.kind !== "person") throw notFound();
  return change(ctx, { ...request, person: request.principal });
}

async function respond<B, T>(
  request: Request,
  { body, answer, form, isForPrograms }: Exchange<B, T>,
  change: (ctx: Context, body: B) => Promise<T | WithCookies<T>>,
): Promise<Response> {
  try {
    const ctx = openContext(request.headers);
    const { publicUrl } = ctx.settings;
    const isOurs =
      isSameOrigin(request.headers, publicUrl) || (isForPrograms === true && isFromProgram(request.headers));
    if (!isOurs) throw denied("Cross-origin request rejected.");
    const run = async (input: unknown) => toResponse(answer, await change(ctx, parse(body, input)));
    const fields = form === undefined ? null : await readFields(request).catch(() => null);
    if (form === undefined || fields === null) return await run(await readJson(request));
    const response = await run(form.toBody(fields)).catch((error: unknown) =>
      toErrorResponse(error, ctx.log),
    );
    return await answerForm(response, fields, form, publicUrl);
  } catch (error) {
    return toErrorResponse(error, contextOf(request.headers)?.log ?? null);
  }
}

function parse<B>(schema: z.ZodMiniType<B>, input: unknown): B {
  const body = schema.safeParse(input);
  if (!body.success) throw invalid(body.error.issues.map(describeIssue).join(" "));
  return body.data;
}

/** What is wrong, for people; where, for programs. */
function describeIssue({ message, path }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${message} (${path.join(".")})`;
}

function toResponse<T>(schema: z.ZodMiniType<T>, changed: T | WithCookies<T>): Response {
  const { answer, cookies } = changed instanceof WithCookies ? changed : new WithCookies(changed, []);
  const headers = new Headers({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return Response.json(z.encode(schema, answer), { headers });
}
