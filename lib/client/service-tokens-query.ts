import { apiPaths } from "@/lib/contract/paths";
import { second } from "@/lib/domain/instant";

import { defineQuery, queryKeys } from "./queries";

/** Every service token; stale after a change. */
export function serviceTokensQuery() {
  return defineQuery({
    queryKey: queryKeys.serviceTokens,
    path: apiPaths.serviceTokens,
    pick: ({ serviceTokens }) => serviceTokens,
    every: 15 * second,
  });
}
