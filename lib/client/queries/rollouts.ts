import { queryOptions } from "@tanstack/react-query";

import { apiPaths } from "@/lib/contract/paths";
import type { RolloutList } from "@/lib/contract/rollout-detail";

import { queryKeys } from "./keys";
import { ask, ownSchedule, type Answer } from "./polling";

/** How many rollouts one page of the list holds. */
export const rolloutsPerPage = 10;

/** One page of an endpoint's rollouts, newest first; null is the first. Asked anew when the endpoint has news. */
export function rolloutsQuery(endpointId: string, cursor: string | null) {
  const queryKey = queryKeys.rollouts(endpointId, cursor);
  return queryOptions({
    ...ownSchedule,
    queryKey,
    queryFn: ({ client, signal }) =>
      ask(
        apiPaths.rolloutPage(endpointId, rolloutsPerPage, cursor),
        ({ rollouts }) => rollouts,
        client.getQueryData<Answer<RolloutList>>(queryKey),
        signal,
      ),
  });
}
