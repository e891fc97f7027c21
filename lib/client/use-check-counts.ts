import { useQuery } from "@tanstack/react-query";

import type { CheckCounts } from "@/lib/contract/check-counts";
import { apiPaths } from "@/lib/contract/paths";
import { second } from "@/lib/domain/instant";

import { defineQuery, queryKeys } from "./queries";

const query = defineQuery({
  queryKey: queryKeys.checkCounts,
  path: apiPaths.checkCounts,
  pick: ({ checkCounts }) => checkCounts,
  every: 30 * second,
});

/** How many checks need attention, from what the page came with; null for viewers who may not know it. */
export function useCheckCounts(atFirst: CheckCounts | null): CheckCounts | null {
  const { data } = useQuery({
    ...query,
    enabled: atFirst !== null,
    initialData: {
      body: atFirst ?? { failing: 0, warnings: 0 },
      ...{ etag: "", age: null, nextPollIn: 0, answeredAt: 0 },
    },
  });
  return atFirst === null ? null : data.body;
}
