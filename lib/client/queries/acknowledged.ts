import { queryOptions } from "@tanstack/react-query";

import type { Acknowledged } from "@/lib/contract/acknowledgement";
import { apiPaths } from "@/lib/contract/paths";

import { queryKeys } from "./keys";
import { ask, ownSchedule, type Answer } from "./polling";

const askEvery = 10_000;

/** Whether somebody has acknowledged the failure of a rollout. */
export function acknowledgedQuery(endpointId: string, deploymentId: string) {
  const queryKey = queryKeys.acknowledged(endpointId, deploymentId);
  return queryOptions({
    ...ownSchedule,
    queryKey,
    queryFn: ({ client, signal }) =>
      ask(
        apiPaths.acknowledgement(endpointId, deploymentId),
        ({ acknowledged }) => acknowledged,
        client.getQueryData<Answer<Acknowledged>>(queryKey),
        signal,
      ),
    refetchInterval: askEvery,
  });
}
