import { endpointRoute } from "@/lib/server/http/read-route";
import { readSeriesCsv } from "@/lib/server/services/rollout-exports";

type Params = { endpointId: string; deploymentId: string };

/** The history of one rollout as CSV. */
export const GET = endpointRoute("endpoint:read", (ctx, { params }: { params: Params }) =>
  readSeriesCsv(ctx, params),
);
