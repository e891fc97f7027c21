import "server-only";

import type { Answer } from "@/lib/server/services/read-endpoint";

import { getRoute } from "./get-route";

/** A route for guests: the token that they bear says which endpoint it is about, and nothing else does. */
export function sharedRoute<P, T>(read: (endpointId: string, params: P) => Promise<Answer<T> | null>) {
  return getRoute<P, T>("shared:read", ({ principal, params }) =>
    principal.kind === "guest" ? read(principal.endpointId, params) : Promise.resolve(null),
  );
}
