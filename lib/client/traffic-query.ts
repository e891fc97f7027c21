import { queryOptions } from "@tanstack/react-query";

import type { RolloutTraffic } from "@/lib/contract/traffic";
import { second } from "@/lib/domain/instant";

import type { ApiScope } from "./api-scope";
import { ownSchedule, poll, untilNextPoll, type Answer } from "./polling";

/** What callers felt of one rollout, polled just after the server polled: about once a minute. */
export function trafficQuery({ name, paths, token }: ApiScope, deploymentId: string) {
  const path = paths.traffic(deploymentId);
  const queryKey = ["endpoint", name, "traffic", deploymentId];
  return queryOptions({
    ...ownSchedule,
    queryKey,
    queryFn: ({ client, signal }) => {
      const known = client.getQueryData<Answer<RolloutTraffic>>(queryKey);
      return poll(path, ({ traffic }) => traffic, known, signal, { token });
    },
    refetchInterval: ({ state }) => Math.max(second, untilNextPoll(path, state.data)),
  });
}
