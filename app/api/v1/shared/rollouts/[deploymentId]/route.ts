import { sharedRoute } from "@/lib/server/http/shared-route";
import { readRollout } from "@/lib/server/services/read-rollout";

/** One rollout of the endpoint that a guest's link opens. */
export const GET = sharedRoute((endpointId, { deploymentId }: { deploymentId: string }) =>
  readRollout(endpointId, deploymentId),
);
