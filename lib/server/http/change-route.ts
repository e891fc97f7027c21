import "server-only";

import * as z from "zod/mini";

import type { EndpointAction, SiteAction } from "@/lib/server/access/authorize";
import type { Person, Principal } from "@/lib/server/access/principal";
import { isSameOrigin } from "@/lib/server/access/same-origin";
import { findEndpoint } from "@/lib/server/services/find-endpoint";
import { toHistoryProblem } from "@/lib/server/services/history-unavailable";
import { rollcall } from "@/lib/server/wiring";

import { deny, checkHost, unknown, whoAsks } from "./guard";
import { answerForm, readFields, type FormDescription } from "./form";
import { toProblemResponse } from "./problem";
import { readJson } from "./read-body";

type RouteContext<P> = { params: Promise<P> };
type Handler<P> = (request: Request, context: RouteContext<P>) => Promise<Response>;

/** What a change is asked with. */
export type ChangeRequest<P, B> = { principal: Principal; params: P; body: B; headers: Headers };

/**
 * The wrapper of every route that changes something. `change` resolves with the answer's body, with a whole answer
 * where more than that is to be said, or with null for what does not exist. A page of another origin cannot use it.
 * With `form` it also takes what a form sends, and answers it with a page.
 */
export function changeRoute<P, B>(
  action: SiteAction,
  bodySchema: z.ZodMiniType<B>,
  change: (request: ChangeRequest<P, B>) => Promise<object | null>,
  form: FormDescription | null = null,
): Handler<P> {
  return (request, context) =>
    changeSafely(request, { bodySchema, form }, async (body) => {
      const principal = await whoAsks(action, request.headers);
      const rejection = deny(request.headers, principal, action, null);
      if (rejection !== null) return rejection;
      return change({ principal, params: await context.params, body, headers: request.headers });
    });
}

/** The same of what only people may change; `person` is who asks. */
export function personRoute<P, B>(
  action: "session:read" | "screen:pair" | "screen:list",
  bodySchema: z.ZodMiniType<B>,
  change: (person: Person, request: ChangeRequest<P, B>) => Promise<object | null>,
  form: FormDescription | null = null,
): Handler<P> {
  const changeAsPerson = (request: ChangeRequest<P, B>) =>
    request.principal.kind === "person" ? change(request.principal, request) : Promise.resolve(null);
  return changeRoute(action, bodySchema, changeAsPerson, form);
}

/** The same of one endpoint, which has to be one that the asker may do this to. */
export function endpointChangeRoute<P extends { endpointId: string }, B>(
  action: EndpointAction,
  bodySchema: z.ZodMiniType<B>,
  change: (person: Person, request: ChangeRequest<P, B>) => Promise<object | null>,
): Handler<P> {
  return (request, context) =>
    changeSafely(request, { bodySchema, form: null }, async (body) => {
      const principal = await whoAsks(action, request.headers);
      const params = await context.params;
      const rejection = deny(
        request.headers,
        principal,
        action,
        findEndpoint(params.endpointId) ?? undefined,
      );
      if (rejection !== null || principal.kind !== "person") return rejection;
      return change(principal, { principal, params, body, headers: request.headers });
    });
}

type Taken<B> = { bodySchema: z.ZodMiniType<B>; form: FormDescription | null };
type Change<B> = (body: B) => Promise<object | null>;

async function changeSafely<B>(request: Request, taken: Taken<B>, change: Change<B>): Promise<Response> {
  const wrongHost = checkHost(request.headers);
  if (wrongHost !== null) return wrongHost;
  const { publicUrl } = rollcall().settings;
  if (!isSameOrigin(request.headers, publicUrl)) {
    return toProblemResponse(403, "Rollcall is changed from its own pages only.");
  }
  const { form } = taken;
  const fields = form === null ? null : await readFields(request).catch(() => null);
  if (form === null || fields === null) {
    return changeOrExplain(() => readJson(request), taken.bodySchema, change);
  }
  const response = await changeOrExplain(() => form.toBody(fields), taken.bodySchema, change);
  return answerForm(response, fields, form, publicUrl);
}

async function changeOrExplain<B>(
  read: () => unknown,
  bodySchema: z.ZodMiniType<B>,
  change: Change<B>,
): Promise<Response> {
  try {
    const body = bodySchema.safeParse(await read());
    if (!body.success) return toProblemResponse(400, z.prettifyError(body.error));
    const answer = await change(body.data);
    if (answer === null) return unknown();
    return answer instanceof Response ? answer : toChanged(answer);
  } catch (error) {
    const unreadable = toHistoryProblem(error);
    if (unreadable !== null) return toProblemResponse(503, unreadable, { "retry-after": "5" });
    rollcall().log.error({ fault: String(error) }, "A change could not be made.");
    return toProblemResponse(500, "Rollcall could not do that. The log of the server says more.");
  }
}

/** What a change is answered with, and the cookies that it leaves. */
export function toChanged(answer: object, cookies: readonly string[] = []): Response {
  const headers = new Headers({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return Response.json(answer, { headers });
}

/** Too much was tried; `until` is when the next try is heard. */
export function toWait(until: number, what: string): Response {
  const seconds = Math.max(1, Math.ceil((until - Date.now()) / 1_000));
  const wait = seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`;
  return toProblemResponse(429, `${what} Try again in ${wait}.`, { "retry-after": String(seconds) });
}
