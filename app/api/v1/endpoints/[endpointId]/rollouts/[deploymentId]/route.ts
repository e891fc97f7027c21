import { endpointRoute } from "@/lib/server/http/get-route";
import { readRollout } from "@/lib/server/services/read-rollout";

/** One rollout with its points, gaps and transitions. */
export const GET = endpointRoute(
  "endpoint:read",
  ({ endpointId, deploymentId }: { endpointId: string; deploymentId: string }) =>
    readRollout(endpointId, deploymentId),
);
