import { endpointRoute } from "@/lib/server/http/read-route";
import { readRollout } from "@/lib/server/services/rollout-detail";

type Params = { endpointId: string; deploymentId: string };

/** One rollout with its points, gaps and transitions. */
export const GET = endpointRoute(
  "endpoint:read",
  (ctx, { params, query }: { params: Params; query: URLSearchParams }) =>
    readRollout(ctx, { ...params, since: query.get("since") }),
);
