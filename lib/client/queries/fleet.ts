import { queryOptions } from "@tanstack/react-query";

import type { FleetView } from "@/lib/contract/endpoint-view";
import { apiPaths } from "@/lib/contract/paths";

import { queryKeys } from "./keys";
import { ownSchedule, poll, untilNextPoll, type Answer } from "./polling";
import { applyDelta } from "./apply-delta";

/** Every endpoint, polled just after the server did; what did not change is neither sent nor drawn again. */
export function fleetQuery() {
  const queryKey = queryKeys.fleet;
  const path = apiPaths.endpoints;
  return queryOptions({
    ...ownSchedule,
    queryKey,
    queryFn: async ({ client, signal }) => {
      const known = client.getQueryData<Answer<FleetView>>(queryKey);
      const asked = known === undefined ? path : apiPaths.endpointsSince(known.etag);
      const answer = await poll(path, ({ fleet }) => fleet, known, signal, { asked });
      return applyDelta(known, answer);
    },
    // What is as it was is the very same object already.
    structuralSharing: false,
    refetchInterval: ({ state }) => untilNextPoll(path, state.data),
    refetchOnWindowFocus: "always",
    refetchOnReconnect: "always",
  });
}
