import { toOpenApi } from "@/lib/contract/openapi";
import { buildId } from "@/lib/server/build-id";

const document = toOpenApi(buildId);

/** The description of this API, generated from the schemas that parse. */
export function GET(): Response {
  return Response.json(document, {
    headers: { "cache-control": "private, no-cache", "x-content-type-options": "nosniff" },
  });
}
