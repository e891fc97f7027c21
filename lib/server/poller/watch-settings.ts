import "server-only";

import type { Duration } from "@/lib/domain/instant";

import type { EndpointState } from "@/lib/server/state/endpoint-state";

/** The settings of the poller of one organization. */
export type WatchSettings = {
  org: string | null;
  endpointIds: readonly string[];
  pollActive: Duration;
  pollIdle: Duration;
  /** For idle endpoints whose changes the listing shows. Off if it is not longer than `pollIdle`. */
  pollCovered: Duration;
  /** For a listing that covers endpoints. */
  pollListing: Duration;
  maxRequestsPerMinute: number;
  /** How often the versions of each architecture in use are read; 0: never. */
  readVersions: Duration;
};

/** How the endpoints of several organizations are kept apart. */
export type WatchOthers = {
  /** Whether an endpoint belongs to another organization. */
  isElsewhere: (endpointId: string) => boolean;
  /** Removes an endpoint from every other organization and returns its state; undefined if it had none. */
  takeOver: (endpointId: string) => EndpointState | undefined;
};

export const alone: WatchOthers = { isElsewhere: () => false, takeOver: () => undefined };
