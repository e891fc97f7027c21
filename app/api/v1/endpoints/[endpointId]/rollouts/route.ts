import { endpointRoute } from "@/lib/server/http/get-route";
import { parsePage } from "@/lib/server/http/parse-page";
import { readRollouts } from "@/lib/server/services/read-rollouts";

/** Past and present rollouts of one endpoint, newest first, a page at a time. */
export const GET = endpointRoute("endpoint:read", ({ endpointId }, query) =>
  readRollouts(endpointId, parsePage(query)),
);
