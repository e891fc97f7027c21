import "server-only";

import { toBearer } from "@/lib/server/access/guest-token";
import { openGuestLink } from "@/lib/server/services/guest-links";
import type { Answer } from "@/lib/server/services/read-endpoint";

import { getRoute } from "./get-route";

/** A route for guests: the token that they bear says which endpoint it is about, and nothing else does. */
export function sharedRoute<P, T>(read: (endpointId: string, params: P) => Promise<Answer<T> | null>) {
  return getRoute(async (params: P, _, headers) => {
    const endpointId = await openGuestLink(toBearer(headers.get("authorization")));
    return endpointId === null ? null : read(endpointId, params);
  });
}
