import "server-only";

import * as z from "zod/mini";

import { isAllowedHost } from "@/lib/server/access/allowed-host";
import { isSameOrigin } from "@/lib/server/access/same-origin";
import { toHistoryProblem } from "@/lib/server/services/history-unavailable";
import { hasStarted, rollcall } from "@/lib/server/wiring";

import { toProblemResponse } from "./problem";

const longestBody = 16 * 1024;

/**
 * The one wrapper of every route that changes something. `change` resolves with the answer's body, or null for
 * what does not exist. A page of another origin cannot use it.
 */
export function changeRoute<P, B, T>(
  bodySchema: z.ZodMiniType<B>,
  change: (params: P, body: B) => Promise<T | null>,
): (request: Request, context: { params: Promise<P> }) => Promise<Response> {
  return async (request, context) => {
    if (!hasStarted()) return toProblemResponse(503, "Rollcall is starting. Try again in a second.");
    const { settings, log } = rollcall();
    if (!isAllowedHost(request.headers.get("host"), settings.publicUrl)) {
      return toProblemResponse(421, "This address is not one that Rollcall answers to.");
    }
    if (!isSameOrigin(request.headers)) {
      return toProblemResponse(403, "Rollcall is changed from its own pages only.");
    }
    try {
      const body = bodySchema.safeParse(await readJson(request));
      if (!body.success) return toProblemResponse(400, z.prettifyError(body.error));
      const answer = await change(await context.params, body.data);
      if (answer === null) return toProblemResponse(404, "Rollcall knows nothing by this name.");
      const headers = { "cache-control": "no-store", "x-content-type-options": "nosniff" };
      return Response.json(answer, { headers });
    } catch (error) {
      const unreadable = toHistoryProblem(error);
      if (unreadable !== null) return toProblemResponse(503, unreadable, { "retry-after": "5" });
      log.error({ fault: String(error) }, "A change could not be made.");
      return toProblemResponse(500, "Rollcall could not do that. The log of the server says more.");
    }
  };
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
