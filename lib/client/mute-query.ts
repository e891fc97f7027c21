import { apiPaths } from "@/lib/contract/paths";
import { second } from "@/lib/domain/instant";

import { defineQuery, queryKeys } from "./queries";

/** Whether notifications about an endpoint are muted; stale after a change. */
export function muteQuery(endpointId: string) {
  return defineQuery({
    queryKey: queryKeys.mute(endpointId),
    path: apiPaths.mute(endpointId),
    pick: ({ muted }) => muted,
    every: 15 * second,
  });
}
