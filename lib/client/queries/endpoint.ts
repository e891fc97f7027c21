import { queryOptions } from "@tanstack/react-query";

import type { EndpointView } from "@/lib/contract/endpoint-view";

import type { ApiScope } from "../api-scope";
import { askParts } from "./ask-parts";
import { queryKeys } from "./keys";
import { hasBeenAway, ownSchedule, poll, untilNextPoll, type Answer } from "./polling";

/**
 * One endpoint, polled just after the server did. News in it makes its rollouts, events and raw reply old;
 * so does an absence, after which the endpoint may be as it was and its history have a gap. They are asked for
 * before the news counts, and shown together with it.
 */
export function endpointQuery({ name, paths, token }: ApiScope) {
  const queryKey = queryKeys.endpoint(name);
  const path = paths.view;
  return queryOptions({
    ...ownSchedule,
    queryKey,
    queryFn: async ({ client, signal }) => {
      const known = client.getQueryData<Answer<EndpointView>>(queryKey);
      const wasAway = known !== undefined && hasBeenAway(path, known);
      let show = (also: () => unknown): void => void also();
      const hold = async (answer: Answer<EndpointView>) => {
        if (answer === known && !wasAway) return;
        show = await askParts(client, queryKeys.endpointParts(name), signal);
      };
      const observedAt = ({ freshness }: EndpointView) => freshness.observedAt;
      const answer = await poll(path, ({ endpoint }) => endpoint, known, signal, { token, observedAt, hold });
      show(() => client.setQueryData(queryKey, answer));
      return answer;
    },
    refetchInterval: ({ state }) => untilNextPoll(path, state.data),
    refetchOnWindowFocus: "always",
    refetchOnReconnect: "always",
  });
}
