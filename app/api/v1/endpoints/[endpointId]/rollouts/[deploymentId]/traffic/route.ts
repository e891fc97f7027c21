import { endpointRoute } from "@/lib/server/http/read-route";
import { readTraffic } from "@/lib/server/services/traffic";

type Params = { endpointId: string; deploymentId: string };

/** What callers felt before, during and after one rollout. */
export const GET = endpointRoute("endpoint:read", (ctx, { params }: { params: Params }) =>
  readTraffic(ctx, params),
);
