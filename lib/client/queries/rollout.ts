import { queryOptions } from "@tanstack/react-query";

import { apiPaths } from "@/lib/contract/paths";
import type { RolloutDetail } from "@/lib/contract/rollout-detail";

import { queryKeys } from "./keys";
import { ask, ownSchedule, type Answer } from "./polling";

/** One rollout with its points, gaps and transitions; asked anew when its endpoint has news. */
export function rolloutQuery(endpointId: string, deploymentId: string) {
  const queryKey = queryKeys.rollout(endpointId, deploymentId);
  return queryOptions({
    ...ownSchedule,
    queryKey,
    queryFn: ({ client, signal }) =>
      ask(
        apiPaths.rollout(endpointId, deploymentId),
        ({ rollout }) => rollout,
        client.getQueryData<Answer<RolloutDetail>>(queryKey),
        signal,
      ),
  });
}
