import "server-only";

import type { WatchedEndpoint } from "@/lib/server/access/authorize";
import { rollcall } from "@/lib/server/wiring";

/**
 * A watched endpoint as far as access goes; null when it is not watched. Its organisation is the one that its
 * replies name, else the one whose listing names it.
 */
export function findEndpoint(endpointId: string): WatchedEndpoint | null {
  const { board } = rollcall();
  const memory = board.get(endpointId);
  if (memory === undefined) return null;
  const lister = () => board.listings().find(({ listing }) => listing.listed?.ids.has(endpointId));
  return { endpointId, org: memory.picture?.facts.org ?? lister()?.org ?? null };
}
