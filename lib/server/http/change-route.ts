import "server-only";

import * as z from "zod/mini";

import type { EndpointAction, HouseAction } from "@/lib/server/access/authorize";
import type { Person, Principal } from "@/lib/server/access/principal";
import { isSameOrigin } from "@/lib/server/access/same-origin";
import { findEndpoint } from "@/lib/server/services/find-endpoint";
import { toHistoryProblem } from "@/lib/server/services/history-unavailable";
import { rollcall } from "@/lib/server/wiring";

import { refuse, refuseUnheard, unknown, whoAsks } from "./admit";
import { toProblemResponse } from "./problem";

const longestBody = 16 * 1024;

type RouteContext<P> = { params: Promise<P> };
type Handler<P> = (request: Request, context: RouteContext<P>) => Promise<Response>;

/** What a change is asked with. */
export type Demand<P, B> = { principal: Principal; params: P; body: B; headers: Headers };

/**
 * The wrapper of every route that changes something. `change` resolves with the answer's body, with a whole answer
 * where more than that is to be said, or with null for what does not exist. A page of another origin cannot use it.
 */
export function changeRoute<P, B>(
  action: HouseAction,
  bodySchema: z.ZodMiniType<B>,
  change: (demand: Demand<P, B>) => Promise<object | null>,
): Handler<P> {
  return (request, context) =>
    changeSafely(request, bodySchema, async (body) => {
      const principal = await whoAsks(action, request.headers);
      const refusal = refuse(request.headers, principal, action, null);
      if (refusal !== null) return refusal;
      return change({ principal, params: await context.params, body, headers: request.headers });
    });
}

/** The same of what only people may change; `person` is who asks. */
export function personRoute<P, B>(
  action: "session:read" | "screen:pair" | "screen:list",
  bodySchema: z.ZodMiniType<B>,
  change: (person: Person, demand: Demand<P, B>) => Promise<object | null>,
): Handler<P> {
  return changeRoute(action, bodySchema, (demand: Demand<P, B>) =>
    demand.principal.kind === "person" ? change(demand.principal, demand) : Promise.resolve(null),
  );
}

/** The same of one endpoint, which has to be one that the asker may do this to. */
export function endpointChangeRoute<P extends { endpointId: string }, B>(
  action: EndpointAction,
  bodySchema: z.ZodMiniType<B>,
  change: (person: Person, demand: Demand<P, B>) => Promise<object | null>,
): Handler<P> {
  return (request, context) =>
    changeSafely(request, bodySchema, async (body) => {
      const principal = await whoAsks(action, request.headers);
      const params = await context.params;
      const refusal = refuse(
        request.headers,
        principal,
        action,
        findEndpoint(params.endpointId) ?? undefined,
      );
      if (refusal !== null || principal.kind !== "person") return refusal;
      return change(principal, { principal, params, body, headers: request.headers });
    });
}

async function changeSafely<B>(
  request: Request,
  bodySchema: z.ZodMiniType<B>,
  change: (body: B) => Promise<object | null>,
): Promise<Response> {
  const unheard = refuseUnheard(request.headers);
  if (unheard !== null) return unheard;
  const { log, settings } = rollcall();
  if (!isSameOrigin(request.headers, settings.publicUrl)) {
    return toProblemResponse(403, "Rollcall is changed from its own pages only.");
  }
  try {
    const body = bodySchema.safeParse(await readJson(request));
    if (!body.success) return toProblemResponse(400, z.prettifyError(body.error));
    const answer = await change(body.data);
    if (answer === null) return unknown();
    return answer instanceof Response ? answer : toChanged(answer);
  } catch (error) {
    const unreadable = toHistoryProblem(error);
    if (unreadable !== null) return toProblemResponse(503, unreadable, { "retry-after": "5" });
    log.error({ fault: String(error) }, "A change could not be made.");
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

/** Undefined for what is no JSON, or too much of it: the rest is then not read. */
async function readJson(request: Request): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > longestBody) return undefined;
    chunks.push(chunk);
  }
  try {
    const json: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    return json;
  } catch {
    return undefined;
  }
}
