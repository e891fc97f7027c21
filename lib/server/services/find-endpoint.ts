import "server-only";

import type { WatchedEndpoint } from "@/lib/server/access/authorize";
import { rollcall } from "@/lib/server/wiring";

/**
 * A watched endpoint as far as access goes; null when it is not watched. Its organization is the one that its
 * replies name, else the one whose listing names it.
 */
export function findEndpoint(endpointId: string): WatchedEndpoint | null {
  const { endpointStore } = rollcall();
  const endpointState = endpointStore.get(endpointId);
  if (endpointState === undefined) return null;
  const lister = () => endpointStore.listings().find(({ listing }) => listing.listed?.ids.has(endpointId));
  return { endpointId, org: endpointState.picture?.facts.org ?? lister()?.org ?? null };
}
