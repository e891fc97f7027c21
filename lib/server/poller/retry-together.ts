import "server-only";

import type { CauseCode } from "@/lib/domain/cause";
import { isBlind, type FailureRun } from "@/lib/domain/freshness";
import type { Duration } from "@/lib/domain/instant";

import type { EndpointStore } from "@/lib/server/state/endpoint-store";
import type { Clock } from "@/lib/server/clock";
import { sharedCauses } from "./poll-failure";
import type { Timers } from "./timers";

/** What fails for one reason is tried again together: when one is back, the others do not wait for their time. */
export function createRetries(parts: {
  endpointStore: EndpointStore;
  timers: Timers;
  clock: Clock;
  listingName: string;
}) {
  const { endpointStore, timers, clock, listingName } = parts;
  /** When all that fails was last asked about at once, in monotonic milliseconds. */
  let expeditedTick: Duration = Number.NEGATIVE_INFINITY;

  function retryFailing(): void {
    expeditedTick = clock().tick;
    const failing = endpointStore
      .all()
      .filter(({ failures }) => failures !== null && sharedCauses.has(failures.cause.code));
    for (const { endpointId } of failing) timers.expedite(endpointId);
    if (endpointStore.listing()?.failures) timers.expedite(listingName);
  }

  return {
    retryFailing,
    /** A refusal of the key that was replaced while the question was under way says nothing about the new one. */
    isOutdated: (code: CauseCode | undefined, askedTick: number): boolean =>
      askedTick <= expeditedTick && (code === "key_rejected" || code === "key_lacks_access"),
    /** A single hiccup is no reason to cut short the pauses of those that upstream keeps failing. */
    afterRecovery: (failures: FailureRun): void => {
      if (isBlind(failures) && sharedCauses.has(failures.cause.code)) retryFailing();
    },
    /** An endpoint that had left the listing and is named again is asked about without waiting. */
    askAgainIfRemoved: (endpointId: string): void => {
      const code = endpointStore.get(endpointId)?.failures?.cause.code;
      if (code === "no_longer_listed" || code === "access_lost") timers.expedite(endpointId);
    },
  };
}
