import { queryOptions } from "@tanstack/react-query";

import type { EndpointView } from "@/lib/contract/endpoint-view";
import { apiPaths } from "@/lib/contract/paths";

import { queryKeys } from "./keys";
import { hasBeenAway, ownSchedule, poll, untilNextPoll, type Answer } from "./polling";

/**
 * One endpoint, polled just after the server did. News in it makes its rollouts, events and raw reply old;
 * so does an absence, after which the endpoint may be as it was and its history have a gap.
 */
export function endpointQuery(id: string) {
  const queryKey = queryKeys.endpoint(id);
  const path = apiPaths.endpoint(id);
  return queryOptions({
    ...ownSchedule,
    queryKey,
    queryFn: async ({ client, signal }) => {
      const known = client.getQueryData<Answer<EndpointView>>(queryKey);
      const wasAway = known !== undefined && hasBeenAway(path, known);
      const answer = await poll(path, ({ endpoint }) => endpoint, known, signal);
      if (answer !== known || wasAway) {
        void client.invalidateQueries({ queryKey: queryKeys.endpointParts(id) });
      }
      return answer;
    },
    refetchInterval: ({ state }) => untilNextPoll(path, state.data),
    refetchOnWindowFocus: "always",
    refetchOnReconnect: "always",
  });
}
