import { queryOptions } from "@tanstack/react-query";

import type { EventList } from "@/lib/contract/event";
import { apiPaths } from "@/lib/contract/paths";

import { queryKeys } from "./keys";
import { ask, ownSchedule, type Answer } from "./polling";

/** An endpoint's newest events; asked anew when the endpoint has news. */
export function eventsQuery(endpointId: string) {
  const queryKey = queryKeys.events(endpointId);
  return queryOptions({
    ...ownSchedule,
    queryKey,
    queryFn: ({ client, signal }) =>
      ask(
        apiPaths.events(endpointId),
        ({ events }) => events,
        client.getQueryData<Answer<EventList>>(queryKey),
        signal,
      ),
  });
}
