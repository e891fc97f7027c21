import { getRoute } from "@/lib/server/http/get-route";
import { readReceipt } from "@/lib/server/services/read-receipt";

/** One rollout as Markdown, to be pasted elsewhere. */
export const GET = getRoute(({ endpointId, deploymentId }: { endpointId: string; deploymentId: string }) =>
  readReceipt(endpointId, deploymentId),
);
