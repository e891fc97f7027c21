import { queryOptions } from "@tanstack/react-query";

import type { RolloutDetail } from "@/lib/contract/rollout-detail";

import type { ApiScope } from "../api-scope";
import { queryKeys } from "./keys";
import { ask, ownSchedule, type Answer } from "./polling";

/** One rollout with its points, gaps and transitions; asked anew when its endpoint has news. */
export function rolloutQuery({ name, paths, token }: ApiScope, deploymentId: string) {
  const queryKey = queryKeys.rollout(name, deploymentId);
  return queryOptions({
    ...ownSchedule,
    queryKey,
    queryFn: ({ client, signal }) =>
      ask(
        paths.rollout(deploymentId),
        ({ rollout }) => rollout,
        client.getQueryData<Answer<RolloutDetail>>(queryKey),
        signal,
        { token },
      ),
    // What could not be read has no news that would have it asked for again.
    refetchInterval: ({ state }) => (state.status === "error" ? 10_000 : false),
  });
}
