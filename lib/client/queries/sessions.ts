import { queryOptions } from "@tanstack/react-query";

import { apiPaths } from "@/lib/contract/paths";
import type { SessionList } from "@/lib/contract/session";

import { queryKeys } from "./keys";
import { ask, ownSchedule, type Answer } from "./polling";

/** The sessions that the asker may end; asked for again after a change. */
export function sessionsQuery() {
  const queryKey = queryKeys.sessions;
  return queryOptions({
    ...ownSchedule,
    queryKey,
    queryFn: ({ client, signal }) =>
      ask(
        apiPaths.sessions,
        (schemas) => schemas.sessions,
        client.getQueryData<Answer<SessionList>>(queryKey),
        signal,
      ),
    refetchInterval: 15_000,
  });
}
