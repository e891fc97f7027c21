import { endpointRoute } from "@/lib/server/http/get-route";
import { readSeriesCsv } from "@/lib/server/services/read-series-csv";

/** The course of one rollout as CSV. */
export const GET = endpointRoute(
  "endpoint:read",
  ({ endpointId, deploymentId }: { endpointId: string; deploymentId: string }) =>
    readSeriesCsv(endpointId, deploymentId),
);
