import { sharedRoute } from "@/lib/server/http/read-route";
import { readRollout } from "@/lib/server/services/rollout-detail";

/** One rollout of the endpoint that a guest link opens. */
export const GET = sharedRoute<{ deploymentId: string }>((ctx, { query, ...rollout }) =>
  readRollout(ctx, { ...rollout, since: query.get("since") }),
);
