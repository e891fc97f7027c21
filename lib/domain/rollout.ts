import type { Instant } from "./instant";
import type { Observation, WatchSpan } from "./observation";
import { isTerminal } from "./rollout-status";

/** What is known about a rollout besides its observations. */
export type RolloutFacts = {
  deploymentId: string;
  model: string | null;
  version: string | null;
  versionAlias: string | null;
  createdAt: Instant | null;
  firstObservedAt: Instant;
  /** Null while it runs, and where it had already ended when it was first observed. */
  endedAt: Instant | null;
  /** When the error message was first seen. */
  errorSince: Instant | null;
  /** Since when replies no longer list it, and when it was last seen. */
  removed: { since: Instant; lastSeenAt: Instant } | null;
};

/**
 * A rollout: its facts and its observations, oldest first, never empty. How many observations it holds depends on who
 * made it: the poller keeps all of a running rollout and the newest of an ended one, a list holds the newest only.
 */
export type Rollout = {
  facts: RolloutFacts;
  observations: readonly [Observation, ...Observation[]];
};

export function latestObservation({ observations }: Pick<Rollout, "observations">): Observation {
  return observations.at(-1) ?? observations[0];
}

export function hasEnded(rollout: Pick<Rollout, "observations">): boolean {
  return isTerminal(latestObservation(rollout).state.status);
}

/** The last moment at which a reply listed the deployment. `span` is the newest watch span of its endpoint. */
export function lastSeenAt({ facts }: Pick<Rollout, "facts">, span: Pick<WatchSpan, "until">): Instant {
  return facts.removed?.lastSeenAt ?? span.until;
}

/** Where a rollout stands among those of its endpoint: when it was created, or first observed if that is unknown. */
export function startOrder({ createdAt, firstObservedAt }: RolloutFacts): Instant {
  return createdAt ?? firstObservedAt;
}

export function toNewestRolloutsFirst<T extends Pick<Rollout, "facts">>(rollouts: readonly T[]): T[] {
  return rollouts.toSorted((a, b) => startOrder(b.facts) - startOrder(a.facts));
}
