import "server-only";

import type { Cause } from "@/lib/domain/cause";
import { isGap } from "@/lib/domain/gap";
import type { Duration, Instant } from "@/lib/domain/instant";
import { isAway, isTooSlow } from "@/lib/server/db/database-problem";
import type { EndpointPast, EndpointPasts } from "@/lib/server/db/read-pasts";
import type { HistoryStore } from "@/lib/server/db/store";

import type { Clock, Moment } from "@/lib/server/clock";
import { mostObservations } from "./compare";
import { newEndpointState, type EndpointState } from "@/lib/server/state/endpoint-state";
import { extendRun, noLongerListed, notFoundUntilConcluded } from "./failure-run";
import { notRunning } from "./take-answer";

/** Removed rollouts are loaded if they are among this many newest ones. */
const newestRollouts = 5;
/** Endpoints per read. */
const atOnce = 250;
/** If this many endpoints in a row, read one by one, time out, then the whole database is too slow. */
const mostTooSlow = 3;

const unreadable: Cause = {
  code: "history_unreadable",
  message: "Rollcall cannot read this endpoint's history.",
};

export type Past = Pick<HistoryStore, "readPasts">;

/**
 * Rebuilds the states of these endpoints from history, with their true age. Unknown ids are left out; an error stands
 * for an endpoint that cannot be read. Rejects when the database does not answer.
 */
export async function loadEndpointStates(
  history: Past,
  endpointIds: readonly string[],
  toInterval: (endpointId: string) => Duration,
  clock: Clock,
): Promise<Map<string, EndpointState | Error>> {
  const states = new Map<string, EndpointState | Error>();
  const readPasts = createPastReader(history);
  for (let start = 0; start < endpointIds.length; start += atOnce) {
    const pasts = await readPasts(endpointIds.slice(start, start + atOnce));
    const now = clock();
    for (const [endpointId, past] of pasts)
      states.set(
        endpointId,
        past instanceof Error ? past : toEndpointState(past, toInterval(endpointId), now),
      );
  }
  return states;
}

/**
 * If endpoints cannot be read together, reads halves of them until the failing ones are found. Rejects if no query gets
 * through or all of them time out: then the database is at fault.
 */
function createPastReader(history: Past) {
  let tooSlowInRow = 0;

  async function read(endpointIds: readonly string[]): Promise<EndpointPasts> {
    try {
      const limits = { newestRollouts, newestObservations: mostObservations };
      const pasts = await history.readPasts(endpointIds, limits);
      tooSlowInRow = 0;
      return pasts;
    } catch (error) {
      const [only, ...others] = endpointIds;
      if (only === undefined || !(error instanceof Error) || isAway(error)) throw error;
      if (others.length === 0) {
        tooSlowInRow = isTooSlow(error) ? tooSlowInRow + 1 : 0;
        if (tooSlowInRow >= mostTooSlow) throw error;
        return new Map([[only, error]]);
      }
      const half = Math.ceil(endpointIds.length / 2);
      return new Map([...(await read(endpointIds.slice(0, half))), ...(await read(endpointIds.slice(half)))]);
    }
  }

  return read;
}

function toEndpointState(
  { facts, span, rollouts }: EndpointPast,
  interval: Duration,
  now: Moment,
): EndpointState {
  const endpointState = newEndpointState(facts.endpointId, interval);
  if (span === null) return endpointState;
  // If the clock went backwards the age is unknown, so treat it as stale.
  const age = now.at < span.until ? 2 * interval + 1 : now.at - span.until;
  const brokenBy = span.brokenBy ?? (isGap(age, interval) ? notRunning : null);
  return {
    ...endpointState,
    picture: { facts, rollouts, span: { ...span, brokenBy } },
    isFromHistory: true,
    observedTick: now.tick - age,
    ...(facts.removedSince === null ? {} : delisted(facts.removedSince)),
  };
}

/** The state with the failure that its history cannot be read. */
export function toUnreadable(
  endpointState: EndpointState,
  moment: { at: Instant; retryAt: Instant },
): EndpointState {
  const former = endpointState.failures?.cause.code === unreadable.code ? endpointState.failures : null;
  return { ...endpointState, failures: extendRun(former, unreadable, moment) };
}

/** An endpoint that was delisted stays so until a reply says otherwise. */
function delisted(since: Instant): Pick<EndpointState, "failures" | "notFoundInRow"> {
  const cause = { ...noLongerListed, since, retryAt: null };
  return { failures: { count: notFoundUntilConcluded, cause }, notFoundInRow: notFoundUntilConcluded };
}
