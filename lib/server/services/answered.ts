import "server-only";

import { LRUCache } from "lru-cache";

import type { EndpointView, FleetView } from "@/lib/contract/endpoint-view";
import type { RolloutDetail } from "@/lib/contract/rollout-detail";

import type { Encoded } from "./answer";
import { createFleetScopes } from "./fleet-scopes";

/** A fleet and the encodings that were needed: the whole fleet, and changes since earlier ones. */
export type KnownFleet = {
  name: string;
  views: readonly Encoded<EndpointView>[];
  frame: Omit<FleetView, "endpoints">;
  whole: Encoded<FleetView> | null;
  changes: Map<string, Encoded<FleetView>>;
};

/** Bytes of earlier rollouts that are kept. */
const mostRolloutBytes = 8_000_000;

export type Answered = ReturnType<typeof createAnswered>;

/**
 * What was answered lately, to say only what changed since. Made once per process, because a viewer's first answer comes
 * with a page, and the next ones from routes.
 */
export function createAnswered() {
  return {
    fleets: createFleetScopes<KnownFleet>(),
    /** By endpoint, deployment and ETag. */
    rollouts: new LRUCache<string, Encoded<RolloutDetail>>({
      maxSize: mostRolloutBytes,
      sizeCalculation: ({ bytes }) => bytes.byteLength,
    }),
  };
}
