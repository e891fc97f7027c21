import "server-only";

import type { Instant } from "@/lib/domain/instant";
import type { Observation, WatchSpan } from "@/lib/domain/observation";
import { lastSeenAt, latestObservation, startOrder, type Rollout } from "@/lib/domain/rollout";
import { isHistoryUnavailable } from "@/lib/server/db/database-problem";
import type { GuardedStore } from "@/lib/server/db/guard-store";
import type { EndpointState } from "@/lib/server/state/endpoint-state";

import { lookBack, previousVersion } from "./rollouts";

/** Everything known of one rollout: what it is, every observation, and when it was watched. */
export type RolloutTimeline = {
  /** The version that was served before; null when that is not known. */
  previous: string | null;
  /** Its long error messages are shortened. */
  rollout: Rollout;
  /** The newest observation, whole. */
  latest: Observation;
  spans: readonly WatchSpan[];
  lastSeenAt: Instant;
  /** Made from memory while the database is away: it is less than what history knows. */
  isStopgap: boolean;
};

/** What of history a course is made of. */
type Recorded = Pick<
  GuardedStore,
  "readRolloutFacts" | "readTimeline" | "readLatestObservation" | "readSpans" | "readRollouts"
>;

/**
 * The course of a rollout from history; while that cannot be read from memory, which holds the whole of
 * what rolls. Null when there is no such rollout.
 */
export async function readTimeline(
  history: Recorded,
  endpointState: EndpointState,
  deploymentId: string,
): Promise<RolloutTimeline | null> {
  try {
    return await readRecorded(history, endpointState, deploymentId);
  } catch (error) {
    const remembered = isHistoryUnavailable(error) ? fromMemory(endpointState, deploymentId) : null;
    if (remembered === null) throw error;
    return remembered;
  }
}

async function readRecorded(
  history: Recorded,
  endpointState: EndpointState,
  deploymentId: string,
): Promise<RolloutTimeline | null> {
  const { endpointId, picture } = endpointState;
  const facts = await history.readRolloutFacts(endpointId, deploymentId);
  const [first, ...others] = await history.readTimeline(endpointId, deploymentId);
  const latest = await history.readLatestObservation(endpointId, deploymentId);
  if (facts === null || first === undefined || latest === null || picture === null) return null;
  const rollout: Rollout = { facts, observations: [first, ...others] };
  const until = lastSeenAt(rollout, picture.span);
  const spans = await history.readSpans(endpointId, { from: first.at, until });
  const older = await history.readRollouts(endpointId, {
    limit: lookBack,
    after: { sortAt: startOrder(facts), deploymentId },
  });
  const previous = previousVersion(older);
  return { previous, rollout, latest, spans, lastSeenAt: until, isStopgap: false };
}

/** Null for what memory does not hold from its beginning on. */
function fromMemory({ picture }: EndpointState, deploymentId: string): RolloutTimeline | null {
  const rollout = picture?.rollouts.find(({ facts }) => facts.deploymentId === deploymentId);
  if (picture === null || rollout === undefined) return null;
  if (rollout.observations[0].at !== rollout.facts.firstObservedAt) return null;
  return {
    previous: null,
    rollout,
    latest: latestObservation(rollout),
    spans: [picture.span],
    lastSeenAt: lastSeenAt(rollout, picture.span),
    isStopgap: true,
  };
}
