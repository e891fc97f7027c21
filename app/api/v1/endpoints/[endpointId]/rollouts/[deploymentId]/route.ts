import { getRoute } from "@/lib/server/http/get-route";
import { readRollout } from "@/lib/server/services/read-rollout";

/** One rollout with its points, gaps and transitions. */
export const GET = getRoute(({ endpointId, deploymentId }: { endpointId: string; deploymentId: string }) =>
  readRollout(endpointId, deploymentId),
);
