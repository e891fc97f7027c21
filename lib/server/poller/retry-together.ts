import "server-only";

import type { CauseCode } from "@/lib/domain/cause";
import { isBlind, type FailureRun } from "@/lib/domain/freshness";
import type { Duration } from "@/lib/domain/instant";

import type { EndpointStore } from "@/lib/server/state/endpoint-store";
import type { Clock } from "@/lib/server/clock";
import { sharedCauses } from "./poll-failure";
import type { Timers } from "./timers";

/** Retries endpoints with a shared cause together: when one recovers, the others do not wait for their own delay. */
export function createRetries(parts: {
  endpointStore: EndpointStore;
  timers: Timers;
  clock: Clock;
  listingName: string;
}) {
  const { endpointStore, timers, clock, listingName } = parts;
  /** When all failing endpoints were last retried at once, in monotonic milliseconds. */
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
    /** Whether the key was rejected in a request that was sent before the key was replaced. */
    isOutdated: (code: CauseCode | undefined, askedTick: number): boolean =>
      askedTick <= expeditedTick && (code === "key_rejected" || code === "key_lacks_access"),
    /** Only if the endpoint was blind: a single failure is no reason to shorten the delays of the others. */
    afterRecovery: (failures: FailureRun): void => {
      if (isBlind(failures) && sharedCauses.has(failures.cause.code)) retryFailing();
    },
    /** Polls a delisted endpoint at once when it is listed again. */
    askAgainIfRemoved: (endpointId: string): void => {
      const code = endpointStore.get(endpointId)?.failures?.cause.code;
      if (code === "no_longer_listed" || code === "access_lost") timers.expedite(endpointId);
    },
  };
}
