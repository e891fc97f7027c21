import { findContext } from "@/lib/server/context";
import { readReadiness } from "@/lib/server/services/site";

export const dynamic = "force-dynamic";

/** Whether this instance watches and saves: 200, or 503 with the reasons. */
export function GET(): Response {
  const readiness = readReadiness(findContext());
  return Response.json(readiness, {
    status: readiness.isReady ? 200 : 503,
    headers: { "cache-control": "no-store", "x-content-type-options": "nosniff" },
  });
}
