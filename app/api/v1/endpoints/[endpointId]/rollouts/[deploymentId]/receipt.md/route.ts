import { endpointRoute } from "@/lib/server/http/read-route";
import { readReceipt } from "@/lib/server/services/rollout-exports";

type Params = { endpointId: string; deploymentId: string };

/** One rollout as Markdown, to be pasted elsewhere. */
export const GET = endpointRoute("endpoint:read", (ctx, { params }: { params: Params }) =>
  readReceipt(ctx, params),
);
