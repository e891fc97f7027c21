import "server-only";

import * as z from "zod/mini";

import type { EndpointAction, SiteAction } from "@/lib/server/access/authorize";
import type { Person, Principal } from "@/lib/server/access/principal";
import { isSameOrigin } from "@/lib/server/access/same-origin";
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
/** Resolves with the body of the response, or with a whole response where it sets cookies, too. */
type Change<P, B> = (ctx: Context, request: ChangeRequest<P, B>) => Promise<object>;
export type PersonRequest<P, B = unknown> = ChangeRequest<P, B> & { person: Person };
type PersonChange<P, B> = (ctx: Context, request: PersonRequest<P, B>) => Promise<object>;

/**
 * Wraps every route that changes something: rejects pages of another origin, identifies the client, checks access,
 * parses the body, and maps errors. With `form` it also takes what a form sends, and answers it with a page.
 */
export function changeRoute<P, B>(
  action: SiteAction,
  bodySchema: z.ZodMiniType<B>,
  change: Change<P, B>,
  form: FormDescription | null = null,
): Handler<P> {
  return (request, context) =>
    respond(request, { bodySchema, form }, async (ctx, body) => {
      const { headers } = request;
      const principal = await identifyFor(ctx, action, headers);
      guard(ctx, { headers, principal }, action, null);
      return change(ctx, { principal, params: await context.params, body, headers });
    });
}

/** For what only people may change. */
export function personChangeRoute<P, B>(
  action: "session:read" | "screen:pair" | "screen:list",
  bodySchema: z.ZodMiniType<B>,
  change: PersonChange<P, B>,
  form: FormDescription | null = null,
): Handler<P> {
  return changeRoute<P, B>(action, bodySchema, (ctx, request) => asPerson(ctx, request, change), form);
}

/** For what belongs to one endpoint, which the person must be allowed to change. */
export function endpointChangeRoute<P extends { endpointId: string }, B>(
  action: EndpointAction,
  bodySchema: z.ZodMiniType<B>,
  change: PersonChange<P, B>,
): Handler<P> {
  return (request, context) =>
    respond(request, { bodySchema, form: null }, async (ctx, body) => {
      const { headers } = request;
      const principal = await identifyFor(ctx, action, headers);
      const params = await context.params;
      const endpoint = findEndpoint(ctx, params.endpointId) ?? undefined;
      guard(ctx, { headers, principal }, action, endpoint);
      return asPerson(ctx, { principal, params, body, headers }, change);
    });
}

function asPerson<P, B>(ctx: Context, request: ChangeRequest<P, B>, change: PersonChange<P, B>) {
  if (request.principal.kind !== "person") throw notFound();
  return change(ctx, { ...request, person: request.principal });
}

type Accepted<B> = { bodySchema: z.ZodMiniType<B>; form: FormDescription | null };
type Run<B> = (ctx: Context, body: B) => Promise<object>;

async function respond<B>(request: Request, accepted: Accepted<B>, run: Run<B>): Promise<Response> {
  try {
    const ctx = openContext(request.headers);
    const { publicUrl } = ctx.settings;
    if (!isSameOrigin(request.headers, publicUrl)) throw denied("Cross-origin request rejected.");
    const { bodySchema, form } = accepted;
    const fields = form === null ? null : await readFields(request).catch(() => null);
    if (form === null || fields === null) {
      return toChanged(await run(ctx, parse(bodySchema, await readJson(request))));
    }
    const response = await run(ctx, parse(bodySchema, form.toBody(fields))).then(
      toChanged,
      (error: unknown) => toErrorResponse(error, ctx.log),
    );
    return await answerForm(response, fields, form, publicUrl);
  } catch (error) {
    return toErrorResponse(error, contextOf(request.headers)?.log ?? null);
  }
}

function parse<B>(schema: z.ZodMiniType<B>, input: unknown): B {
  const body = schema.safeParse(input);
  if (!body.success) throw invalid(z.prettifyError(body.error));
  return body.data;
}

function toChanged(answer: object): Response {
  return answer instanceof Response ? answer : toChangeResponse(answer);
}

/** The response to a change, with the cookies that it sets. */
export function toChangeResponse(answer: object, cookies: readonly string[] = []): Response {
  const headers = new Headers({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return Response.json(answer, { headers });
}
