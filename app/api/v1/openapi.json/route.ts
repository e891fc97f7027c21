import { toOpenApi } from "@/lib/contract/openapi";

const document = toOpenApi();

/** The description of this API, generated from the schemas that parse. */
export function GET(): Response {
  return Response.json(document, {
    headers: { "cache-control": "private, no-cache", "x-content-type-options": "nosniff" },
  });
}
