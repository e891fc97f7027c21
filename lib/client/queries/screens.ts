import { queryOptions } from "@tanstack/react-query";

import { apiPaths } from "@/lib/contract/paths";
import type { ScreenList } from "@/lib/contract/screen";

import { queryKeys } from "./keys";
import { ask, ownSchedule, type Answer } from "./polling";

/** The screens that the asker may see to; asked for again after a change. */
export function screensQuery() {
  const queryKey = queryKeys.screens;
  return queryOptions({
    ...ownSchedule,
    queryKey,
    queryFn: ({ client, signal }) =>
      ask(
        apiPaths.screens,
        (schemas) => schemas.screens,
        client.getQueryData<Answer<ScreenList>>(queryKey),
        signal,
      ),
    refetchInterval: 15_000,
  });
}
