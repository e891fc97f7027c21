import { endpointRoute } from "@/lib/server/http/get-route";
import { readReceipt } from "@/lib/server/services/read-receipt";

/** One rollout as Markdown, to be pasted elsewhere. */
export const GET = endpointRoute(
  "endpoint:read",
  ({ endpointId, deploymentId }: { endpointId: string; deploymentId: string }) =>
    readReceipt(endpointId, deploymentId),
);
