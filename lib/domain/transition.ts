import type { RolloutState } from "./endpoint-report";
import type { Instant } from "./instant";
import type { Observation } from "./observation";

const comparedFields = [
  "status",
  "reportedStatus",
  "updatedReplicas",
  "totalReplicas",
  "maxUnavailable",
  "errorMessage",
] as const;

type ChangedField = (typeof comparedFields)[number];

/** One field that differs between two observations of the same rollout. */
export type Change = {
  field: ChangedField;
  from: string | number | null;
  to: string | number | null;
};

/**
 * What differs between two observations.
 * It happened after `after` (null: before Rollcall first looked) and no later than `before`.
 */
export type Transition = {
  after: Instant | null;
  before: Instant;
  changes: readonly Change[];
};

/** The fields that differ, in a fixed order; empty when the states say the same. */
export function compareStates(from: RolloutState, to: RolloutState): Change[] {
  return comparedFields
    .filter((field) => from[field] !== to[field])
    .filter((field) => field !== "reportedStatus" || from.status === to.status)
    .map((field) => ({ field, from: from[field], to: to[field] }));
}

/** Whether a poll says anything that the last observation did not. Warnings count: people see them. */
export function saysSomethingNew(from: RolloutState, to: RolloutState): boolean {
  return compareStates(from, to).length > 0 || JSON.stringify(from.warnings) !== JSON.stringify(to.warnings);
}

/** The transitions within a rollout, oldest first: one fewer than the observations at most. */
export function toTransitions(observations: readonly Observation[]): Transition[] {
  return observations.flatMap((observation, index) => {
    const former = observations[index - 1];
    if (former === undefined) return [];
    const changes = compareStates(former.state, observation.state);
    return changes.length === 0 ? [] : [{ after: observation.notBefore, before: observation.at, changes }];
  });
}
