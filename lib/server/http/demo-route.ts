import "server-only";

import { demoStepSchema } from "@/lib/contract/demo";
import { isSameOrigin } from "@/lib/server/access/own-origin";
import { steerDemo } from "@/lib/server/services/demo";
import { denied, notFound } from "@/lib/server/services/errors";
import { identify } from "@/lib/server/services/identify";

import { toErrorResponse } from "./errors";
import { contextOf, guard, openContext } from "./guard";

/**
 * Answers a form of the demo's strip: with 303 to the page that shows what happens, or with 204, with which a browser
 * stays on its page. Everywhere but in the demo it answers 404.
 */
export async function demoRoute(
  request: Request,
  { params }: { params: Promise<{ step: string }> },
): Promise<Response> {
  const { headers } = request;
  try {
    const ctx = openContext(headers);
    const step = demoStepSchema.safeParse((await params).step);
    if (ctx.settings.demoControl === null || !step.success) throw notFound();
    if (!isSameOrigin(headers, ctx.settings.publicUrl)) throw denied("Cross-origin request rejected.");
    const principal = await identify(ctx, headers);
    guard(ctx, { headers, principal }, "demo:steer", null);
    if (principal.kind !== "person") throw notFound();
    const to = await steerDemo(ctx, { person: principal, step: step.data });
    const answer = { "cache-control": "no-store", "x-content-type-options": "nosniff" };
    return to === null
      ? new Response(null, { status: 204, headers: answer })
      : new Response(null, { status: 303, headers: { ...answer, location: to } });
  } catch (error) {
    return toErrorResponse(error, contextOf(headers)?.log ?? null);
  }
}
