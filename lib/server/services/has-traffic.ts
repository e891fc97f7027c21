import "server-only";

import type { Context } from "@/lib/server/context";
import { organizationName } from "@/lib/server/state/endpoint-registry";

/** Whether the Metrics API is asked what callers of this endpoint feel. */
export function hasTraffic({ monitors, endpointStore }: Context, endpointId: string): boolean {
  const owner = endpointStore.ownerOf(endpointId);
  return monitors
    .all()
    .some(({ organization, metrics }) => metrics !== null && organizationName(organization) === owner);
}
