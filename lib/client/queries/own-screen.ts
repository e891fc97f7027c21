import { queryOptions } from "@tanstack/react-query";

import { apiPaths } from "@/lib/contract/paths";
import type { OwnScreen } from "@/lib/contract/screen";

import { queryKeys } from "./keys";
import { ask, ownSchedule, type Answer } from "./polling";

const askEvery = 10_000;

/** What this screen was told to show, from wherever it is steered. */
export function ownScreenQuery() {
  const queryKey = queryKeys.ownScreen;
  return queryOptions({
    ...ownSchedule,
    queryKey,
    queryFn: ({ client, signal }) =>
      ask(
        apiPaths.ownScreen,
        ({ ownScreen }) => ownScreen,
        client.getQueryData<Answer<OwnScreen>>(queryKey),
        signal,
      ),
    refetchInterval: askEvery,
  });
}
