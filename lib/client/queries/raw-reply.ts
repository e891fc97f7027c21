import { queryOptions } from "@tanstack/react-query";

import { apiPaths } from "@/lib/contract/paths";
import type { RawReplyView } from "@/lib/contract/raw-reply";

import { queryKeys } from "./keys";
import { ask, ownSchedule, type Answer } from "./polling";

/** The last raw reply about an endpoint; asked for when opened, and anew when the endpoint has news. */
export function rawReplyQuery(endpointId: string) {
  const queryKey = queryKeys.rawReply(endpointId);
  return queryOptions({
    ...ownSchedule,
    queryKey,
    queryFn: ({ client, signal }) =>
      ask(
        apiPaths.raw(endpointId),
        ({ rawReply }) => rawReply,
        client.getQueryData<Answer<RawReplyView>>(queryKey),
        signal,
      ),
  });
}
