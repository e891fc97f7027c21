import { queryOptions } from "@tanstack/react-query";

import type { FleetView } from "@/lib/contract/endpoint-view";
import { apiPaths } from "@/lib/contract/paths";

import { queryKeys } from "./keys";
import { ownSchedule, poll, untilNextPoll, type Answer } from "./polling";

/** Every endpoint, polled just after the server did. */
export function fleetQuery() {
  const queryKey = queryKeys.fleet;
  const path = apiPaths.endpoints;
  return queryOptions({
    ...ownSchedule,
    queryKey,
    queryFn: ({ client, signal }) =>
      poll(path, ({ fleet }) => fleet, client.getQueryData<Answer<FleetView>>(queryKey), signal),
    refetchInterval: ({ state }) => untilNextPoll(path, state.data),
    refetchOnWindowFocus: "always",
    refetchOnReconnect: "always",
  });
}
