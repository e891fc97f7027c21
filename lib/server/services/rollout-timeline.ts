import "server-only";

import type { Instant } from "@/lib/domain/instant";
import { extendNewest, type Observation, type WatchSpan } from "@/lib/domain/observation";
import { lastSeenAt, latestObservation, startOrder, type Rollout } from "@/lib/domain/rollout";
import type { Context } from "@/lib/server/context";
import { isHistoryUnavailable } from "@/lib/server/db/database-problem";
import type { EndpointState } from "@/lib/server/state/endpoint-state";

import { createMemoPerChange } from "./memoize-per-change";
import { lookBack } from "./rollouts";

/** All data about one rollout: its facts, every observation, and when it was watched. */
export type RolloutTimeline = {
  /** The rollouts before it, newest first, at most `lookBack`; none if history is unavailable. */
  older: readonly Rollout[];
  /** Those before it that succeeded, newest first, at most 20; none if history is unavailable. */
  dones: readonly Rollout[];
  /** The one after it; null if it's the newest, or if history is unavailable. */
  newer: Rollout | null;
  /** Long error messages in it are shortened. */
  rollout: Rollout;
  /** The newest observation, with its whole error message. */
  latest: Observation;
  spans: readonly WatchSpan[];
  lastSeenAt: Instant;
  /** Made from memory while the database is unavailable; history has more. */
  isStopgap: boolean;
};

/** How many rollouts that succeeded the trend of durations has. */
export const mostDurations = 20;

type Recorded = Pick<Context, "history" | "election">;

/**
 * The timeline of a rollout from history. While history is unavailable it comes from memory, which contains all
 * observations of the rollouts in progress. Null if there is no such rollout.
 */
export async function readTimeline(
  ctx: Recorded,
  endpointState: EndpointState,
  deploymentId: string,
): Promise<RolloutTimeline | null> {
  try {
    return await readRecorded(ctx, endpointState, deploymentId);
  } catch (error) {
    const remembered = isHistoryUnavailable(error) ? fromMemory(endpointState, deploymentId) : null;
    if (remembered === null) throw error;
    return remembered;
  }
}

/** What history holds of a rollout; null if there is no such rollout. */
type Recording = Pick<RolloutTimeline, "rollout" | "latest" | "spans" | "older" | "dones" | "newer"> | null;

const memoPerChange = createMemoPerChange<Recording>(50);

async function readRecorded(
  ctx: Recorded,
  endpointState: EndpointState,
  deploymentId: string,
): Promise<RolloutTimeline | null> {
  const read = () => readRecording(ctx.history, endpointState, deploymentId);
  const recording = await memoPerChange(ctx, endpointState, { name: deploymentId, read });
  const { picture } = endpointState;
  if (recording === null || picture === null) return null;
  return {
    ...recording,
    spans: extendNewest(recording.spans, picture.span),
    lastSeenAt: lastSeenAt(recording.rollout, picture.span),
    isStopgap: false,
  };
}

async function readRecording(
  history: Context["history"],
  { endpointId, picture }: EndpointState,
  deploymentId: string,
): Promise<Recording> {
  const facts = await history.readRolloutFacts(endpointId, deploymentId);
  const [first, ...others] = await history.readTimeline(endpointId, deploymentId);
  const latest = await history.readLatestObservation(endpointId, deploymentId);
  if (facts === null || first === undefined || latest === null || picture === null) return null;
  const rollout: Rollout = { facts, observations: [first, ...others] };
  const until = lastSeenAt(rollout, picture.span);
  const spans = await history.readSpans(endpointId, { from: first.at, until });
  const place = { sortAt: startOrder(facts), deploymentId };
  const older = await history.readRollouts(endpointId, { limit: lookBack, after: place });
  const [newer = null] = await history.readRollouts(endpointId, { limit: 1, before: place });
  const dones = await history.readRollouts(endpointId, {
    limit: mostDurations,
    after: place,
    doneOnly: true,
  });
  return { older, dones, newer, rollout, latest, spans };
}

/** Null if memory does not contain the rollout from its first observation on. */
function fromMemory({ picture }: EndpointState, deploymentId: string): RolloutTimeline | null {
  const rollout = picture?.rollouts.find(({ facts }) => facts.deploymentId === deploymentId);
  if (picture === null || rollout === undefined) return null;
  if (rollout.observations[0].at !== rollout.facts.firstObservedAt) return null;
  return {
    older: [],
    dones: [],
    newer: null,
    rollout,
    latest: latestObservation(rollout),
    spans: [picture.span],
    lastSeenAt: lastSeenAt(rollout, picture.span),
    isStopgap: true,
  };
}
