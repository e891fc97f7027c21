import "server-only";

import { isBlind, type FailureRun } from "@/lib/domain/freshness";
import type { Cause } from "@/lib/domain/cause";
import type { Instant } from "@/lib/domain/instant";

import type { EndpointState } from "@/lib/server/state/endpoint-state";

export const noLongerListed: Cause = {
  code: "no_longer_listed",
  message: "Cerebras no longer lists this endpoint.",
};

/** 404 answers in a row before Rollcall concludes anything from them. */
export const notFoundUntilConcluded = 3;

/** The run of failures with one more. `since` stays the beginning of the run. */
export function extendRun(
  former: FailureRun | null,
  cause: Cause,
  moment: { at: Instant; retryAt: Instant },
): FailureRun {
  const { code, message } = cause;
  return {
    count: (former?.count ?? 0) + 1,
    cause: { code, message, since: former?.cause.since ?? moment.at, retryAt: moment.retryAt },
  };
}

/**
 * What a 404 means, once there are three in a row for a known endpoint: the endpoint is no longer listed (a listing
 * since the first of them lacks it), or access to it is lost.
 */
export function concludeNotFound(
  endpointState: EndpointState,
  cause: Cause,
  listed: { ids: ReadonlySet<string>; at: Instant } | null,
): Cause {
  const runStart = endpointState.failures?.cause.since;
  if (endpointState.picture === null || endpointState.notFoundInRow + 1 < notFoundUntilConcluded)
    return cause;
  if (listed === null || runStart === undefined || listed.at < runStart) {
    return { code: "access_lost", message: "Cerebras answers 404 for this endpoint, which it knew before." };
  }
  return listed.ids.has(endpointState.endpointId)
    ? { code: "access_lost", message: "Cerebras lists this endpoint but answers 404 for its status." }
    : noLongerListed;
}

/** Whether this failure is the one that makes Rollcall blind. Its cause then goes into history. */
export function turnsBlind(former: FailureRun | null, next: FailureRun): boolean {
  return isBlind(next) && !isBlind(former);
}
