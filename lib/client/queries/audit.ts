import { queryOptions } from "@tanstack/react-query";

import type { AuditList } from "@/lib/contract/audit";
import { apiPaths } from "@/lib/contract/paths";

import { queryKeys } from "./keys";
import { ask, ownSchedule, type Answer } from "./polling";

/** One page of what people did to access, newest first; null is the first. */
export function auditQuery(cursor: string | null) {
  const queryKey = queryKeys.audit(cursor);
  return queryOptions({
    ...ownSchedule,
    queryKey,
    queryFn: ({ client, signal }) =>
      ask(
        apiPaths.audit(cursor),
        ({ audit }) => audit,
        client.getQueryData<Answer<AuditList>>(queryKey),
        signal,
      ),
  });
}
