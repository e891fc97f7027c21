import { parsePage } from "@/lib/server/http/parse-page";
import { endpointRoute } from "@/lib/server/http/read-route";
import { readRollouts } from "@/lib/server/services/rollouts";

/** Past and present rollouts of one endpoint, newest first, a page at a time. */
export const GET = endpointRoute("endpoint:read", (ctx, { params, query }) =>
  readRollouts(ctx, { ...params, ...parsePage(query) }),
);
