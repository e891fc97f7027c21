import "server-only";

import type { Duration } from "@/lib/domain/instant";

import type { EndpointState } from "@/lib/server/state/endpoint-state";

/** What a watcher of one organization is told. */
export type WatchSettings = {
  org: string | null;
  endpointIds: readonly string[];
  pollActive: Duration;
  pollIdle: Duration;
  maxRequestsPerMinute: number;
};

/** How the endpoints of several organizations are kept apart; left out: there is one organization. */
export type WatchOthers = {
  /** Whether an endpoint is watched for another organization. */
  isElsewhere: (endpointId: string) => boolean;
  /** Takes an endpoint off every other board; undefined where it was on none. */
  takeOver: (endpointId: string) => EndpointState | undefined;
};

export const alone: WatchOthers = { isElsewhere: () => false, takeOver: () => undefined };
