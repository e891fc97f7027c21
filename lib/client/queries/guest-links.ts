import { queryOptions } from "@tanstack/react-query";

import type { GuestLinkList } from "@/lib/contract/guest-link";
import { apiPaths } from "@/lib/contract/paths";

import { queryKeys } from "./keys";
import { ask, ownSchedule, type Answer } from "./polling";

/** The guest links of an endpoint that still open; asked for when opened, and anew after a change. */
export function guestLinksQuery(endpointId: string) {
  const queryKey = queryKeys.guestLinks(endpointId);
  return queryOptions({
    ...ownSchedule,
    queryKey,
    queryFn: ({ client, signal }) =>
      ask(
        apiPaths.guestLinks(endpointId),
        ({ guestLinks }) => guestLinks,
        client.getQueryData<Answer<GuestLinkList>>(queryKey),
        signal,
      ),
  });
}
