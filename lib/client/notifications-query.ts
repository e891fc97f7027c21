import { apiPaths } from "@/lib/contract/paths";
import { second } from "@/lib/domain/instant";

import { defineQuery, queryKeys } from "./queries";

/** The channels and the newest deliveries; stale after a change. */
export function notificationsQuery() {
  return defineQuery({
    queryKey: queryKeys.notifications,
    path: apiPaths.notifications,
    pick: ({ notifications }) => notifications,
    every: 5 * second,
  });
}
