import { readReadiness } from "@/lib/server/services/read-readiness";

export const dynamic = "force-dynamic";

/** Whether this instance does its work: 200, or 503 with the reasons. */
export function GET(): Response {
  const readiness = readReadiness();
  return Response.json(readiness, {
    status: readiness.isReady ? 200 : 503,
    headers: { "cache-control": "no-store", "x-content-type-options": "nosniff" },
  });
}
