import { queryOptions } from "@tanstack/react-query";

import type { EventList } from "@/lib/contract/event";

import type { ApiScope } from "../api-scope";
import { queryKeys } from "./keys";
import { ask, ownSchedule, type Answer } from "./polling";

/** An endpoint's newest events; asked anew when the endpoint has news. */
export function eventsQuery({ name, paths, token }: ApiScope) {
  const queryKey = queryKeys.events(name);
  return queryOptions({
    ...ownSchedule,
    queryKey,
    queryFn: ({ client, signal }) =>
      ask(paths.events, ({ events }) => events, client.getQueryData<Answer<EventList>>(queryKey), signal, {
        token,
      }),
  });
}
